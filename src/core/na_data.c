/*
 * na_data.c
 *		Look-ups in the compiled-in data.
 */
#include "na_data.h"

uint32_t
na_lex_find(const char *key, uint32_t n)
{
	return na_lex_find_hashed(key, n, na_lex_hash(key, n));
}

/* memcmp() for words, most of which have 4 to 16 bytes */
static inline bool
same(const char *a, const char *b, uint32_t n)
{
	if (n >= 8 && n <= 16)
	{
		uint64_t v[4];

		memcpy(&v[0], a, 8);
		memcpy(&v[1], b, 8);
		memcpy(&v[2], a + n - 8, 8);
		memcpy(&v[3], b + n - 8, 8);
		return v[0] == v[1] && v[2] == v[3];
	}
	if (n >= 4 && n < 8)
	{
		uint32_t v[4];

		memcpy(&v[0], a, 4);
		memcpy(&v[1], b, 4);
		memcpy(&v[2], a + n - 4, 4);
		memcpy(&v[3], b + n - 4, 4);
		return v[0] == v[1] && v[2] == v[3];
	}
	return memcmp(a, b, n) == 0;
}

uint32_t
na_lex_find_hashed(const char *key, uint32_t n, uint32_t hash)
{
	uint32_t size;
	const uint32_t *slot = na_section_at(NA_SEC_LEX_HASH, sizeof(uint32_t), &size);

	if (size == 0 || n == 0)
		return 0;
	/* the generator keeps the table at most half full, so the walk ends */
	for (uint32_t i = hash & (size - 1); slot[i] != 0; i = (i + 1) & (size - 1))
	{
		const na_lex *e;

		/* most words that are not there end here, without a look at another entry */
		if (NA_SLOT_TAG(slot[i] ^ hash) != 0)
			continue;
		e = na_lex_entry(NA_SLOT_ENTRY(slot[i]));
		if (e->nbytes == n && same(na_string(e->str), key, n))
			return NA_SLOT_ENTRY(slot[i]);
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
