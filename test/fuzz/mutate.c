/*
 * mutate.c
 *		The mutator: changes texts as Arabic news pages differ, and as hostile
 *		ones do.
 *
 * Words come out of the compiled-in lexicon and gazetteer, so the mutator
 * knows every month, name, verb and cue that the core knows.
 */
#include "fuzz.h"
#include "na_data.h"
#include "na_gazetteer.h"

extern size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
extern size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);
extern size_t LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t na, const uint8_t *b, size_t nb,
										uint8_t *out, size_t max, unsigned seed);

static uint64_t state;

static uint32_t
roll(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return n ? (uint32_t) ((state >> 16) % n) : 0;
}

/* what is in no lexicon: signs, furniture, controls, broken bytes */
static const char *const pieces[] = {
	/* marks, tatweel, joiners */
	"َ", "ُ", "ِّ", "ْ", "ً", "ٰ", "ـ", "ــــ", "\u200C", "\u200D", "\u034F", "\uFE0F",
	/* proclitics */
	"و", "ف", "ب", "ك", "ل", "س", "ال", "لل", "وال", "فبال", "الـ", "وب",
	/* digits of three scripts and what stands between them */
	"0", "7", "31", "2024", "٣", "١٥", "٢٠٢٤", "۷", "۱۴۰۳", "1,250", "١٬٢٥٠", "12.5", "٫", "/", "-",
	":", "%", "٪", "3/11/2024", "٣‏/١١‏/٢٠٢٤", "2024-11-03", "14:35", "19-", "+3",
	"1446هـ", "م",
	/* quotation marks and brackets */
	"\"", "«", "»", "“", "”", "„", "‟", "‹", "›", "'", "‘", "’", "(", ")", "[", "]", "{", "}", "﴾",
	"﴿", "\"\"", "«»", "((", "))", "``", "''",
	/* bidi controls, blanks, line breaks */
	"\u200E", "\u200F", "\u061C", "\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066",
	"\u2067", "\u2068", "\u2069", "\uFEFF", "\u00AD", "\u00A0", "\u2003", "\u3000", " ", "   ",
	"\t", "\n", "\r\n", "\r", "\n\n", "\n \n", "\u2028", "\u2029", "\xC2\x85", "\v", "\f",
	/* presentation forms, compatibility, decomposed letters */
	"ﷺ", "ﷲ", "ﻻ", "ﻼ", "ﺍ", "ﻟ", "ﷻ", "ﷴ", "\u0627\u0653", "\u0627\u0654", "\u0648\u0654",
	"\u064A\u0654", "Ａ", "１", "ﬁ", "é", "e\u0301", "İ", "ß", "ŉ", "\u0344", "\u1E9E", "각",
	"\u1100\u1161", "ꭰ", "\u0130",
	/* persian, urdu, kurdish, other scripts */
	"گ", "پ", "چ", "ژ", "ک", "ی", "ے", "ھ", "ە", "ٱ", "ۀ", "Reuters", "AFP", "c", "X", "中", "א",
	"Ж",
	/* things of the web */
	"http://a.b/", "https://example.org/x?y=1#z", "www.", "a@b.org", "@", "#", "#غزة_الآن", "_",
	"<p>", "</", "<a href=\"", ">", "&nbsp;", "&#1576;", "&#x6", "&", ";", "|", "•", "*", "**", "…",
	"...", "،", "؛", "؟", "!", "–", "—", "−", "\\", "~", "^", "=", "😀", "🇱🇧", "👨‍👩‍👧",
	"❤️", "1️⃣",
	/* page furniture */
	"شارك", "مشاركة", "اقرأ أيضا", "اقرأ المزيد", "المصدر:", "المصدر: وكالات", "أ.ف.ب", "(أ ف ب)",
	"رويترز", "إغلاق", "تصوير:", "آخر تحديث:", "نشر في", "بيروت -", "كتب:", "صورة من الأرشيف",
	"القائمة", "بحث", "Facebook", "Twitter", "دقائق", "الأكثر قراءة", "وسوم",
	"جميع الحقوق محفوظة © 2024", "نوفمبر / تشرين الثاني",
	/* sayings */
	"قال", "وقال", "وأضاف", "إن", "أن", "بأن", "مؤكدا", "وفقا لـ", "بحسب", "على حد قوله",
	"وتابع:", "نقلا عن",
	/* names and titles */
	"الرئيس", "وزير الخارجية", "د.", "الدكتور", "عبد", "بن", "أبو", "محمد", "آل", "السيدة",
	"الأمم المتحدة", "أمس", "غدا", "الماضي", "المقبل", "منذ", "قبل", "بعد", "من", "إلى", "بين",
	"حتى", "كل", "خلال", "عام", "القرن", "الربع", "أوائل", "منتصف", "ساعات", "يومين", "الساعة",
	"صباحا", "بتوقيت غرينتش",
	/* code points at the ends */
	"\x01", "\x7F", "\xC2\x80", "\u07FF", "\uFFFD", "\uFFFE", "\uE000", "\U0010FFFF", "\U00010000",
	"\U000E0001", "\U0001EE00", "\u08FF", "\u0600", "\u06DD", "\uFDFA",
	/* ill-formed bytes */
	"\xD8", "\xEF\xBB", "\xF0\x9F", "\xC0\x80", "\xED\xA0\x80", "\xFF", "\xF4\x90\x80\x80", "\x80"};

static size_t
copy(char *out, size_t max, const char *s, size_t n)
{
	if (n > max)
		n = max;
	memcpy(out, s, n);
	return n;
}

/* a key of the lexicon, if possible with a payload */
static size_t
lexicon_word(char *out, size_t max)
{
	uint32_t n;
	const na_lex *lex = na_section_at(NA_SEC_LEX, sizeof(na_lex), &n);
	uint32_t i = 1 + roll(n - 1);

	/* most words are stems only; look on for one that says more */
	for (int k = 0; k < 32 && lex[i].npay == 0; k++)
		i = 1 + roll(n - 1);
	return copy(out, max, na_string(lex[i].str), lex[i].nbytes);
}

/* a word that is one of dates, verbs of saying, cues … */
static size_t
topic_word(char *out, size_t max)
{
	static const uint8_t topics[] = {
		NA_TOPIC_DATE,		 NA_TOPIC_VERB,		NA_TOPIC_CUE,	  NA_TOPIC_AGENCY, NA_TOPIC_TITLE,
		NA_TOPIC_QUOTE_WORD, NA_TOPIC_ORG_HEAD, NA_TOPIC_CONTEXT, NA_TOPIC_GIVEN,  NA_TOPIC_NISBA};
	static uint32_t *list[NA_TOPIC_COUNT], count[NA_TOPIC_COUNT];
	uint32_t n;
	const na_lex *lex = na_section_at(NA_SEC_LEX, sizeof(na_lex), &n);
	uint8_t topic = topics[roll(sizeof topics)];

	if (list[topic] == NULL)
	{
		list[topic] = malloc(n * sizeof(uint32_t));
		for (uint32_t i = 1; i < n; i++)
			if (na_lex_payload(i, topic) >= 0)
				list[topic][count[topic]++] = i;
	}
	if (count[topic] == 0)
		return 0;
	lex += list[topic][roll(count[topic])];
	return copy(out, max, na_string(lex->str), lex->nbytes);
}

/* a name of the gazetteer, or one of its variants */
static size_t
gazetteer_name(char *out, size_t max)
{
	const na_gaz *g = na_gaz_at(1 + roll(na_gaz_count() - 1));
	const char *s = na_string(roll(3) ? g->name : roll(2) ? g->variants : g->name_en);

	return copy(out, max, s, strcspn(s, "|"));
}

static size_t
piece(char *out, size_t max)
{
	const char *s;

	switch (roll(8))
	{
		case 0: return lexicon_word(out, max);
		case 1:
		case 2: return topic_word(out, max);
		case 3: return gazetteer_name(out, max);
		default: s = pieces[roll(NA_LENGTHOF(pieces))]; return copy(out, max, s, strlen(s));
	}
}

/* a bound of characters at or before position i */
static size_t
bound(const char *s, size_t n, size_t i)
{
	if (i >= n)
		return n;
	while (i > 0 && ((unsigned char) s[i] & 0xC0) == 0x80)
		i--;
	return i;
}

/* a place where something may start: a character, a word, a line */
static size_t
place(const char *s, size_t n)
{
	size_t i = bound(s, n, roll((uint32_t) n + 1));
	uint32_t how = roll(4);

	if (how == 0)
		while (i > 0 && s[i - 1] != '\n')
			i--;
	else if (how == 1)
		while (i > 0 && s[i - 1] != ' ' && s[i - 1] != '\n')
			i--;
	return i;
}

/* replace [from, to) by n bytes; the new size */
static size_t
splice(char *s, size_t size, size_t max, size_t from, size_t to, const char *with, size_t n)
{
	if (n > max - (size - (to - from)))
		n = max - (size - (to - from));
	memmove(s + from + n, s + to, size - to);
	memcpy(s + from, with, n);
	return size - (to - from) + n;
}

#define SCRATCH 65536

static size_t
mutate_text(char *s, size_t n, size_t max)
{
	static char scratch[SCRATCH];
	char word[512];
	size_t k = 0, from, to;

	switch (roll(13))
	{
		case 0: /* a word, with a blank behind it or not */
		case 1:
		case 2:
			k = piece(word, sizeof word - 1);
			if (roll(2))
				word[k++] = ' ';
			from = place(s, n);
			return splice(s, n, max, from, from, word, k);
		case 3: /* several words in a row */
			for (uint32_t i = 2 + roll(8); i > 0 && k < sizeof word - 64; i--)
			{
				k += piece(word + k, 60);
				if (roll(4))
					word[k++] = roll(8) ? ' ' : '\n';
			}
			from = place(s, n);
			return splice(s, n, max, from, from, word, k);
		case 4: /* the same piece many times */
			k = piece(word, 100);
			if (k == 0)
				return n;
			for (to = 0; to + k <= SCRATCH && to < max && roll(64); to += k)
				memcpy(scratch + to, word, k);
			from = place(s, n);
			return splice(s, n, max, from, from, scratch, to);
		case 5: /* something out */
			from = place(s, n);
			to = place(s, n);
			if (from > to)
			{
				size_t t = from;

				from = to;
				to = t;
			}
			if (to - from > 64 && roll(2))
				to = bound(s, n, from + roll(64));
			return to < from ? n : splice(s, n, max, from, to, "", 0);
		case 6: /* a stretch of the text again: repeated names and headlines */
		case 7:
			from = place(s, n);
			to = bound(s, n, from + roll(roll(4) ? 64 : 1024));
			if (to <= from || to - from > SCRATCH)
				return n;
			k = to - from;
			memcpy(scratch, s + from, k);
			from = place(s, n);
			return splice(s, n, max, from, from, scratch, k);
		case 8: /* a mark or tatweel behind letters here and there */
		{
			size_t i = place(s, n);
			const char *mark = pieces[roll(12)];

			k = copy(word, 8, mark, strlen(mark));
			for (uint32_t left = 1 + roll(16); left > 0 && i < n; left--)
			{
				i = bound(s, n, i + 1 + roll(6));
				n = splice(s, n, max, i, i, word, k);
				i += k;
			}
			return n;
		}
		case 9: /* digits in another script */
		{
			static const char *const zero[] = {"0", "\u0660", "\u06F0"};
			const char *z = zero[roll(3)];
			size_t nz = strlen(z);

			for (size_t i = place(s, n), left = 16; i < n && left > 0; left--)
			{
				int len, value;
				uint32_t cp =
					na_utf8_decode((unsigned char *) s + i, (unsigned char *) s + n, &len);

				if (na_char_class(cp) == NA_C_DIGIT)
				{
					value = na_digit_value(cp);
					memcpy(word, z, nz);
					word[nz - 1] = (char) (word[nz - 1] + (value < 10 ? value : 0));
					n = splice(s, n, max, i, i + (size_t) len, word, nz);
					i += nz;
				}
				else
					i += (size_t) len;
			}
			return n;
		}
		case 10: /* something in quotation marks or brackets */
		{
			static const char *const open[] = {"\"", "«", "“", "(", "'", "["};
			static const char *const close[] = {"\"", "»", "”", ")", "'", "]"};
			uint32_t which = roll(6);

			from = place(s, n);
			to = bound(s, n, from + roll(200));
			if (to < from)
				return n;
			n = splice(s, n, max, to, to, close[which], strlen(close[which]));
			return splice(s, n, max, from, from, open[which], strlen(open[which]));
		}
		case 11: /* a character by any other */
		{
			static const uint32_t first[] = {0x20, 0x600, 0x64B,   0xFB50, 0x2000,
											 0x80, 0x100, 0x1F000, 0x10000};
			static const uint32_t count[] = {0x5F, 0x100,  0x15,   0x4B0,	0x70,
											 0x80, 0x2000, 0x1000, 0x100000};
			uint32_t which = roll(9), cp = first[which] + roll(count[which]);

			from = place(s, n);
			to = bound(s, n, from + 1);
			while (to < n && ((unsigned char) s[to] & 0xC0) == 0x80)
				to++;
			k = (size_t) na_utf8_encode(cp, word);
			return splice(s, n, max, from, to, word, k);
		}
		default: /* words change places */
			from = place(s, n);
			to = place(s, n);
			if (from >= to || to - from > SCRATCH)
				return n;
			k = bound(s, n, from + (to - from) / 2);
			/* bytes that are no text have no bounds */
			if (k < from)
				return n;
			memcpy(scratch, s + from, to - from);
			memmove(s + from, scratch + (k - from), to - k);
			memcpy(s + from + (to - k), scratch, k - from);
			return n;
	}
}

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed)
{
	char *text = (char *) data + FUZZ_HEAD;

	state = (seed + UINT64_C(1)) * UINT64_C(0x9E3779B97F4A7C15);
	roll(1);
	if (max < FUZZ_HEAD + 16)
		return LLVMFuzzerMutate(data, size, max);
	if (size < FUZZ_HEAD)
	{
		memset(data + size, 0, FUZZ_HEAD - size);
		size = FUZZ_HEAD;
	}
	switch (roll(8))
	{
		case 0: /* the fuzzer's own ways */
			return FUZZ_HEAD +
				   LLVMFuzzerMutate(data + FUZZ_HEAD, size - FUZZ_HEAD, max - FUZZ_HEAD);
		case 1: data[roll(FUZZ_HEAD)] = (uint8_t) roll(256); break;
		default: break;
	}
	size -= FUZZ_HEAD;
	for (uint32_t i = 1 + roll(3); i > 0; i--)
		size = mutate_text(text, size, max - FUZZ_HEAD);
	return FUZZ_HEAD + size;
}

/* the start of one text, the end of another */
size_t
LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t na, const uint8_t *b, size_t nb, uint8_t *out,
						  size_t max, unsigned seed)
{
	size_t i, k, n;

	state = (seed + UINT64_C(1)) * UINT64_C(0x9E3779B97F4A7C15);
	roll(1);
	if (na <= FUZZ_HEAD || nb <= FUZZ_HEAD || max < na)
		return 0;
	i = FUZZ_HEAD + place((const char *) a + FUZZ_HEAD, na - FUZZ_HEAD);
	k = FUZZ_HEAD + place((const char *) b + FUZZ_HEAD, nb - FUZZ_HEAD);
	n = nb - k;
	if (n > max - i)
		n = max - i;
	memcpy(out, a, i);
	memcpy(out + i, b + k, n);
	return i + n;
}
