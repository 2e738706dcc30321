/*
 * fuzz_gazetteer.c
 *		Look-ups in lexicon and gazetteer, of tokens and of any bytes.
 */
#include "fuzz.h"
#include "na_agency.h"
#include "na_data.h"
#include "na_entity.h"

void
fuzz_one(const na_env *env, const fuzz_input *in)
{
	na_scanner s;
	const na_segment *seg;
	na_status status;

	na_scan_init(&s, env, in->text, in->n, NA_LOOKUP_ALL);
	while ((status = na_scan_next(&s, &seg)) == NA_OK && seg != NULL)
		for (uint32_t i = 0; i < seg->ntok; i++)
		{
			na_match m = na_gazetteer_match(seg, i);
			int reading;

			FUZZ_CHECK(m.ntok <= seg->ntok - i && m.gaz < na_gaz_count());
			FUZZ_CHECK(m.ntok == 0 || (m.gaz > 0 && m.reading < 3));
			m = na_nisba_match(seg, i);
			FUZZ_CHECK(m.ntok <= seg->ntok - i && m.gaz < na_gaz_count());
			for (na_topic topic = NA_TOPIC_NONE + 1; topic < NA_TOPIC_COUNT; topic++)
			{
				uint32_t value = 0;

				(void) na_token_payload(&seg->tok[i], topic, &reading);
				for (reading = 0; reading < 3; reading++)
					FUZZ_CHECK(na_phrase(seg, i, reading, topic, &value) <= seg->ntok - i);
			}
		}
	FUZZ_STATUS(env, status);
	na_scan_end(&s);
	for (uint32_t i = 0; i < in->n && i < 512; i += 3)
	{
		uint32_t n = in->head[3] % (in->n - i + 1);
		uint32_t lex = na_lex_find(in->text + i, n);

		if (lex != 0)
			FUZZ_CHECK(na_lex_entry(lex)->nbytes == n &&
					   memcmp(na_string(na_lex_entry(lex)->str), in->text + i, n) == 0);
		(void) na_trie_step(lex, (uint32_t) in->head[4] << 8 | in->head[5]);
	}
	FUZZ_CHECK(na_agency_count() == 0 || na_agency_get(in->head[6] % na_agency_count()) != NULL);
}
