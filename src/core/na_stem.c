/*
 * na_stem.c
 *		Stemming by lexicon; see na_stem.h.
 */
#include "na_stem.h"

/* letters of keys, U+0621 .. U+064A: those that folding leaves have a code */
enum
{
	ALEF = 2,
	LAM = 24,
	HEH = 27,
	YEH = 29
};

static const uint8_t letter_code[0x64B - 0x621] = {
	/* ء آ أ ؤ إ ئ ا ب ة ت ث ج ح خ د ذ */
	1, 0, 0, 0, 0, 0, 2, 3, 0, 4, 5, 6, 7, 8, 9, 10,
	/* ر ز س ش ص ض ط ظ ع غ */
	11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
	/* U+063B .. U+0640 */
	0, 0, 0, 0, 0, 0,
	/* ف ق ك ل م ن ه و ى ي */
	21, 22, 23, 24, 25, 26, 27, 28, 0, 29};

/* the other way, in UTF-8 */
static const char letter_bytes[NA_STEM_L_CODE + 1][3] = {
	"",	 "ء", "ا", "ب", "ت", "ث", "ج", "ح", "خ", "د", "ذ", "ر", "ز", "س", "ش",
	"ص", "ض", "ط", "ظ", "ع", "غ", "ف", "ق", "ك", "ل", "م", "ن", "ه", "و", "ي"};

static const uint8_t class_kind[NA_STEM_CLASSES] = {
	[NA_STEM_VP] = NA_STEM_PAST,	[NA_STEM_VL] = NA_STEM_PAST,	[NA_STEM_VS] = NA_STEM_PAST,
	[NA_STEM_VR] = NA_STEM_PAST,	[NA_STEM_VY] = NA_STEM_PAST,	[NA_STEM_VW] = NA_STEM_PAST,
	[NA_STEM_VK] = NA_STEM_PAST,	[NA_STEM_IP] = NA_STEM_PRESENT, [NA_STEM_IR] = NA_STEM_PRESENT,
	[NA_STEM_IS] = NA_STEM_PRESENT, [NA_STEM_IY] = NA_STEM_PRESENT, [NA_STEM_IW] = NA_STEM_PRESENT,
};

#define BIT(c) (1u << (c))
#define PAST_CLASSES                                                                               \
	(BIT(NA_STEM_VP) | BIT(NA_STEM_VL) | BIT(NA_STEM_VS) | BIT(NA_STEM_VR) | BIT(NA_STEM_VY) |     \
	 BIT(NA_STEM_VW) | BIT(NA_STEM_VK))
#define PRESENT_CLASSES                                                                            \
	(BIT(NA_STEM_IP) | BIT(NA_STEM_IR) | BIT(NA_STEM_IS) | BIT(NA_STEM_IY) | BIT(NA_STEM_IW))
#define NOUN_CLASSES (BIT(NA_STEM_CLASSES) - 1 - PAST_CLASSES - PRESENT_CLASSES)
/* stems of which a bare ه is the ta marbuta */
#define TEH_CLASSES (BIT(NA_STEM_H) | BIT(NA_STEM_A) | BIT(NA_STEM_T) | BIT(NA_STEM_Q))

/* likelihoods of signs in the surface, in eighths of a bit */
#define COST_TEH_MISSING 55	  /* written ة, read as a pronoun */
#define COST_TEH_AS_HEH 46	  /* written ه, read as ta marbuta */
#define COST_HAMZA_DIFFERS 40 /* written أ, stem has إ */
#define COST_HAMZA_ON_WASL 16 /* written أ, stem has ا */
#define COST_MAQSURA 20		  /* written ى, stem has ي, or the other way */
#define COST_HAMZA_MISSING 12 /* written ا, stem has أ, إ or آ */

na_stem_kind
na_stem_kind_of(na_stem_class cls)
{
	return (na_stem_kind) class_kind[cls];
}

int
na_stem_letters(const char *key, uint32_t nkey, uint8_t *codes)
{
	const unsigned char *s = (const unsigned char *) key;
	int n = 0;

	if (nkey == 0 || nkey % 2 != 0 || nkey > 2 * NA_STEM_WORD)
		return -1;
	for (uint32_t i = 0; i < nkey; i += 2)
	{
		unsigned c = (unsigned) (s[i] & 0x1F) << 6 | (s[i + 1] & 0x3F);

		if ((s[i] & 0xE0) != 0xC0 || c < 0x621 || c > 0x64A || letter_code[c - 0x621] == 0)
			return -1;
		codes[n++] = letter_code[c - 0x621];
	}
	return n;
}

/* place of the stem in the hash, -1 = not in the lexicon */
static inline int64_t
find_stem(const na_stem_lexicon *lex, uint64_t key)
{
	uint32_t mask = (uint32_t) (UINT64_C(1) << (64 - lex->shift)) - 1;
	uint32_t h = na_stem_hash(key, lex->shift);

	for (; lex->keys[h] != 0; h = (h + 1) & mask)
		if (lex->keys[h] == key)
			return h;
	return -1;
}

/* the suffix of these letters, -1 = there is none */
static inline int
find_suffix(const na_stem_affixes *aff, const uint8_t *codes, int n)
{
	uint32_t key = (uint32_t) na_stem_pack(codes, n);

	if (n == 0)
		return 0;
	for (uint32_t h = na_suffix_hash(key);; h = (h + 1) % NA_STEM_SUFFIX_HASH)
	{
		if (aff->suffix_hash[h] == 0)
			return -1;
		if (aff->suffix_key[aff->suffix_hash[h]] == key)
			return aff->suffix_hash[h];
	}
}

int
na_stem_readings(const na_stem_lexicon *lex, const uint8_t *codes, int n, na_stem_reading *out,
				 int max)
{
	const na_stem_affixes *aff = lex->affixes;
	uint64_t word = na_stem_pack(codes, n < NA_STEM_LETTERS ? n : NA_STEM_LETTERS);
	int suffix[NA_STEM_AFFIX + 1];
	int nout = 0;

	for (int l = 0; l <= NA_STEM_AFFIX; l++)
		suffix[l] = l < n ? find_suffix(aff, codes + n - l, l) : -1;
	for (uint32_t p = 0; p < (aff->prefix_first & BIT(codes[0]) ? aff->nprefix : 1); p++)
	{
		int start = aff->prefix_len[p];
		unsigned kinds = aff->prefix_kinds[p];
		uint32_t classes = 0;
		bool definite = (kinds & BIT(NA_STEM_DEFINITE)) != 0;
		int back = 0;

		if (start >= n || (word & ((UINT64_C(1) << (5 * start)) - 1)) != aff->prefix_key[p])
			continue;
		if (kinds & BIT(NA_STEM_NOUN))
			classes |= NOUN_CLASSES;
		if (kinds & BIT(NA_STEM_PAST))
			classes |= PAST_CLASSES;
		if (kinds & BIT(NA_STEM_PRESENT))
			classes |= PRESENT_CLASSES;
		/* للغة is ل + ال + لغة: the second ل may be the noun's own, too */
		if (definite && codes[start - 1] == LAM && start >= 2 && codes[start - 2] == LAM)
			back = 1;
		for (int s = start; s >= start - back; s--)
		{
			uint64_t key = 0;

			for (int end = s + 1; end <= n && end - s <= NA_STEM_LETTERS; end++)
			{
				uint32_t want;
				int x;
				int64_t h;

				key |= (uint64_t) codes[end - 1] << (5 * (end - s - 1));
				if (n - end > NA_STEM_AFFIX || (x = suffix[n - end]) < 0)
					continue;
				/* a single letter is a word of its own or none: بو is not ب + و */
				if (end - s < 2 && end - s < n)
					continue;
				want = definite ? aff->suffix_definite[x] : aff->suffix_classes[x] & classes;
				/* a jussive of one or two letters (يف) is too rare to be told from other words */
				if (x == 0 && end - s < 3)
					want &= ~(BIT(NA_STEM_IY) | BIT(NA_STEM_IW));
				if (want == 0 || (h = find_stem(lex, key)) < 0)
					continue;
				for (uint32_t e = lex->first[h];; e++)
				{
					const na_stem_entry *en = &lex->entries[e];

					/* no article before a particle: إلهي is not ال + هي */
					if (definite && en->cls == NA_STEM_P && (en->flags & NA_STEM_F_STOP))
						;
					else if (want & BIT(en->cls))
					{
						na_stem_reading r = {e, (uint8_t) p, (uint8_t) x, (uint8_t) s,
											 (uint8_t) end};

						if (nout == max)
							return nout;
						out[nout++] = r;
					}
					if (en->flags & NA_STEM_F_LAST)
						break;
				}
			}
		}
	}
	return nout;
}

/*
 * What the surface says of the letter number i (marks and tatweel do not
 * count): the code point, 0 when surface and key do not run side by side.
 */
static unsigned
surface_letter(const char *surface, uint32_t n, int i)
{
	const unsigned char *s = (const unsigned char *) surface;
	int k = 0;

	for (uint32_t b = 0; b + 1 < n; b += 2)
	{
		unsigned c = (unsigned) (s[b] & 0x1F) << 6 | (s[b + 1] & 0x3F);

		if ((s[b] & 0xE0) != 0xC0)
			return 0;
		if ((c >= 0x64B && c <= 0x65F) || c == 0x670 || c == 0x640)
			continue;
		if (k++ == i)
			return c;
	}
	return 0;
}

static const na_stem_lexicon *
blob_lexicon(na_stem_lexicon *lex)
{
	uint32_t n;

	lex->keys = na_section_at(NA_SEC_STEM_KEY, sizeof(uint64_t), &n);
	if (n == 0)
		return NULL;
	lex->first = na_section_at(NA_SEC_STEM_FIRST, sizeof(uint32_t), NULL);
	lex->entries = na_section_at(NA_SEC_STEM, sizeof(na_stem_entry), NULL);
	lex->affixes = na_section_at(NA_SEC_STEM_AUX, sizeof(na_stem_affixes), NULL);
	lex->shift = 64 - (uint32_t) __builtin_ctz(n);
	return lex;
}

#define MAX_READINGS 96

static const na_stem_entry *
best_reading(const na_stem_lexicon *lex, const uint8_t *codes, int n, const char *surface,
			 uint32_t nsurface)
{
	const na_stem_affixes *aff = lex->affixes;
	na_stem_reading r[MAX_READINGS];
	int nr = na_stem_readings(lex, codes, n, r, MAX_READINGS);
	unsigned best_cost = UINT32_MAX;
	const na_stem_entry *best = NULL;
	unsigned last = 0;

	if (nr > 1 && surface != NULL && (codes[n - 1] == HEH || codes[n - 1] == YEH))
		last = surface_letter(surface, nsurface, n - 1);
	for (int i = 0; i < nr; i++)
	{
		const na_stem_entry *e = &lex->entries[r[i].entry];
		unsigned cost = e->cost;

		cost += aff->prefix_cost[class_kind[e->cls]][r[i].prefix];
		cost += aff->suffix_cost[e->cls][r[i].suffix];
		if (nr > 1 && codes[n - 1] == YEH)
		{
			bool maqsura = r[i].end == n - 1 && (e->cls == NA_STEM_Y || e->cls == NA_STEM_VY);
			bool yeh = r[i].end == n && class_kind[e->cls] == NA_STEM_NOUN && e->cls != NA_STEM_P;

			if ((last == 0x649 && yeh) || (last == 0x64A && maqsura))
				cost += COST_MAQSURA;
		}
		else if (nr > 1 && last != 0)
		{
			bool teh = r[i].end == n - 1 && (BIT(e->cls) & TEH_CLASSES) != 0;

			if (last == 0x629 && !teh && !(r[i].end == n && e->cls == NA_STEM_P))
				cost += COST_TEH_MISSING;
			else if (last == 0x647 && teh)
				cost += COST_TEH_AS_HEH;
		}
		if (nr > 1 && surface != NULL && e->head != NA_HEAD_ANY && codes[r[i].start] == ALEF)
		{
			unsigned c = surface_letter(surface, nsurface, r[i].start);
			unsigned head = c == 0x623	 ? NA_HEAD_UP
							: c == 0x625 ? NA_HEAD_LOW
							: c == 0x622 ? NA_HEAD_MADDA
										 : NA_HEAD_ANY;

			if (c == 0x627 && e->head != NA_HEAD_WASL)
				cost += COST_HAMZA_MISSING;
			if (head != NA_HEAD_ANY && head != e->head)
				cost += e->head == NA_HEAD_WASL ? COST_HAMZA_ON_WASL : COST_HAMZA_DIFFERS;
		}
		if (cost < best_cost)
		{
			best_cost = cost;
			best = e;
		}
	}
	return best;
}

static bool
ends_in(const uint8_t *codes, int n, int keep, uint32_t key, int len)
{
	return n - len >= keep && (uint32_t) na_stem_pack(codes + n - len, len) == key;
}

#define L2(a, b) ((uint32_t) (a) | (uint32_t) (b) << 5)

/*
 * The range of letters that is left of an unknown word: without an article and
 * its proclitics, a و before a long word, and the clearest suffixes.
 */
static void
light_stem(const uint8_t *codes, int n, int *start, int *end)
{
	enum
	{
		BEH = 3,
		TEH = 4,
		FEH = 21,
		KAF = 23,
		MEEM = 25,
		NOON = 26,
		WAW = 28
	};
	int s = 0;
	int c = n > 1 && (codes[0] == WAW || codes[0] == FEH) ? 1 : 0;
	bool article = false;

	if (n - c >= 5 && codes[c] == ALEF && codes[c + 1] == LAM)
		s = c + 2, article = true;
	else if (n - c >= 6 && (codes[c] == BEH || codes[c] == KAF) && codes[c + 1] == ALEF &&
			 codes[c + 2] == LAM)
		s = c + 3, article = true;
	else if (n - c >= 5 && codes[c] == LAM && codes[c + 1] == LAM)
		s = c + 2, article = true;
	else if (codes[0] == WAW && n >= 6)
		s = 1;
	codes += s;
	n -= s;
	*start = s;
	/* of يه, يون, يين, يات the relative adjective's ي stays */
	if (ends_in(codes, n, 4, L2(YEH, HEH), 2))
		n -= 1;
	else if (ends_in(codes, n, 5, L2(ALEF, TEH), 2) || ends_in(codes, n, 5, L2(YEH, NOON), 2) ||
			 ends_in(codes, n, 5, L2(WAW, NOON), 2))
		n -= article || codes[n - 3] == YEH ? 2 : 0;
	else if (!article &&
			 (ends_in(codes, n, 4, L2(HEH, ALEF), 2) || ends_in(codes, n, 4, L2(HEH, MEEM), 2)))
	{
		n -= 2;
		if (codes[n - 1] == TEH && n > 4)
			n -= 1;
	}
	*end = s + n;
}

const na_stem_entry *
na_stem_analyse(const na_stem_lexicon *lex, const uint8_t *codes, int n, const char *surface,
				uint32_t nsurface, int *start, int *end, bool *stop)
{
	const na_stem_entry *e = best_reading(lex, codes, n, surface, nsurface);

	*stop = false;
	if (e == NULL)
		light_stem(codes, n, start, end);
	else
		*stop = (e->flags & NA_STEM_F_STOP) != 0 &&
				!((e->flags & NA_STEM_F_MAQSURA) && surface != NULL && codes[n - 1] == YEH &&
				  surface_letter(surface, nsurface, n - 1) != 0x649);
	return e;
}

void
na_stem(const char *key, uint32_t nkey, const char *surface, uint32_t nsurface, na_stem_result *r)
{
	na_stem_lexicon lex;
	uint8_t codes[NA_STEM_WORD];
	int n = na_stem_letters(key, nkey, codes);
	const na_stem_entry *e;
	int start = 0, end = n;

	r->lemma.p = key;
	r->lemma.n = nkey;
	r->family = r->lemma;
	r->cls = NA_STEM_CLASSES;
	r->stop = false;
	if (n < 1 || blob_lexicon(&lex) == NULL)
		return;
	e = na_stem_analyse(&lex, codes, n, surface, nsurface, &start, &end, &r->stop);
	if (e != NULL)
	{
		r->lemma.p = na_string(e->lemma);
		r->lemma.n = (uint32_t) strlen(r->lemma.p);
		r->family.p = na_string(e->family);
		r->family.n = (uint32_t) strlen(r->family.p);
		r->cls = e->cls;
		return;
	}
	r->lemma.p = key + 2 * start;
	r->lemma.n = (uint32_t) (2 * (end - start));
	r->family = r->lemma;
}

static inline const uint64_t *
find_known(const na_stem_known *table, uint32_t bits, uint64_t key)
{
	uint32_t mask = (1u << bits) - 1;

	for (uint32_t h = na_stem_hash(key, 64 - bits); table[h].key != 0; h = (h + 1) & mask)
		if (table[h].key == key)
			return &table[h].lexeme;
	return NULL;
}

int
na_stem_frequent(const char *surface, uint32_t nsurface, char out[2 * NA_STEM_LETTERS])
{
	const unsigned char *s = (const unsigned char *) surface;
	const uint8_t *letters = na_section_at(NA_SEC_STEM_LETTER, 1, NULL);
	const na_stem_known *known = na_section_at(NA_SEC_STEM_KNOWN, sizeof(na_stem_known), NULL);
	const uint64_t *lexeme;
	uint64_t key = 0;
	unsigned last = 0;
	int shift = 0;
	int n = 0;

	if (nsurface % 2 != 0)
		return -1;
	for (uint32_t i = 0; i < nsurface; i += 2)
	{
		unsigned x;

		if ((s[i] & 0xFC) != 0xD8)
			return -1;
		x = letters[(s[i] & 3) << 6 | (s[i + 1] & 0x3F)];
		if (x & NA_STEM_L_MARK)
			continue;
		if (x == 0 || shift == 5 * NA_STEM_LETTERS)
			return -1;
		key |= (uint64_t) (x & NA_STEM_L_CODE) << shift;
		shift += 5;
		last = x;
	}
	if (shift == 0)
		return -1;
	if (last & (NA_STEM_L_TEH | NA_STEM_L_MAQSURA))
	{
		unsigned final = last & NA_STEM_L_TEH ? NA_STEM_FINAL_TEH : NA_STEM_FINAL_MAQSURA;

		key ^= (uint64_t) ((last & NA_STEM_L_CODE) ^ final) << (shift - 5);
	}
	lexeme = find_known(known, NA_STEM_HOT_BITS, key);
	if (lexeme == NULL)
		lexeme = find_known(known + (1u << NA_STEM_HOT_BITS), NA_STEM_KNOWN_BITS, key);
	if (lexeme == NULL)
		return -1;
	for (uint64_t l = *lexeme; l != 0; l >>= 5, n += 2)
		memcpy(out + n, letter_bytes[l & NA_STEM_L_CODE], 2);
	return n;
}
