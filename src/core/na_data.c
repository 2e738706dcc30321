/*
 * na_data.c
 *		Look-ups in the compiled-in data.
 */
#include "na_data.h"

/* hashes are stored (fingerprints): the same on every byte order */
static inline uint64_t
little_endian(uint64_t w)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return __builtin_bswap64(w);
#else
	return w;
#endif
}

uint32_t
na_lex_hash(const char *key, uint32_t n)
{
	return (uint32_t) (na_hash64(key, n) >> 32);
}

uint64_t
na_hash64(const char *key, uint32_t n)
{
	uint64_t h = 0x9E3779B97F4A7C15u ^ n;
	uint64_t w;

	while (n >= 8)
	{
		memcpy(&w, key, 8);
		h = (h ^ little_endian(w)) * 0xFF51AFD7ED558CCDu;
		h ^= h >> 32;
		key += 8;
		n -= 8;
	}
	if (n > 0)
	{
		w = 0;
		memcpy(&w, key, n);
		h = (h ^ little_endian(w)) * 0xFF51AFD7ED558CCDu;
		h ^= h >> 32;
	}
	h *= 0xC4CEB9FE1A85EC53u;
	return h;
}

uint32_t
na_lex_find(const char *key, uint32_t n)
{
	uint32_t size;
	const uint32_t *slot = na_section_at(NA_SEC_LEX_HASH, sizeof(uint32_t), &size);
	uint32_t i;

	if (size == 0 || n == 0)
		return 0;
	/* the generator keeps the table at most half full, so the walk ends */
	for (i = na_lex_hash(key, n) & (size - 1); slot[i] != 0; i = (i + 1) & (size - 1))
	{
		const na_lex *e = na_lex_entry(slot[i]);

		if (e->nbytes == n && memcmp(na_string(e->str), key, n) == 0)
			return slot[i];
	}
	return 0;
}

int32_t
na_payload_find(uint32_t first, uint32_t n, na_topic topic)
{
	const uint32_t *pay = na_section_at(NA_SEC_PAYLOAD, sizeof(uint32_t), NULL);

	for (uint32_t i = first; i < first + n; i++)
		if (NA_PAY_TOPIC(pay[i]) == (uint32_t) topic)
			return (int32_t) NA_PAY_VALUE(pay[i]);
	return -1;
}

int32_t
na_lex_payload(uint32_t lex, na_topic topic)
{
	const na_lex *e;

	if (lex == 0)
		return -1;
	e = na_lex_entry(lex);
	return na_payload_find(e->pay, e->npay, topic);
}

uint32_t
na_trie_hash(uint32_t node, uint32_t lex)
{
	uint64_t h = ((uint64_t) node << 32 | lex) * 0x9E3779B97F4A7C15u;

	return (uint32_t) (h >> 32);
}

uint32_t
na_trie_step(uint32_t node, uint32_t lex)
{
	uint32_t size;
	const na_trie_edge *edge = na_section_at(NA_SEC_TRIE_HASH, sizeof(na_trie_edge), &size);
	uint32_t i;

	if (size == 0)
		return 0;
	for (i = na_trie_hash(node, lex) & (size - 1); edge[i].next != 0; i = (i + 1) & (size - 1))
		if (edge[i].node == node && edge[i].lex == lex)
			return edge[i].next;
	return 0;
}

uint64_t
na_fnv(const unsigned char *p, size_t n)
{
	uint64_t h = 0xCBF29CE484222325u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * 0x100000001B3u;
	return h;
}

bool
na_data_verify(void)
{
	const na_data_header *h = (const na_data_header *) (const void *) na_blob;

	return h->magic == NA_DATA_MAGIC && h->layout == NA_DATA_LAYOUT &&
		   h->nsections == NA_SEC_COUNT && h->size > sizeof *h &&
		   h->checksum == na_fnv(na_blob + sizeof *h, h->size - sizeof *h);
}

uint64_t
na_data_version(void)
{
	return ((const na_data_header *) (const void *) na_blob)->checksum;
}
