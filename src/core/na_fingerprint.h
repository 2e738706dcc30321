/*
 * na_fingerprint.h
 *		Near-duplicates: shingles of words, similarity, fingerprints.
 *
 * A shingle is a run of NA_SHINGLE words (by their keys) within one line.
 * Lines of fewer than NA_SHORT_LINE words, headlines, bylines, menus, are left
 * out as long as the text has a longer line: boilerplate does not decide.
 */
#ifndef NA_FINGERPRINT_H
#define NA_FINGERPRINT_H

#include "na_base.h"
#include "na_token.h"

#define NA_SHINGLE 4
#define NA_SHORT_LINE 12
#define NA_WINDOW 8 /* of winnowing, in shingles */
#define NA_FINGERPRINT_MAX 4096

/*
 * Similarity of two texts, 0 .. 1: the cube root of the share of the shorter
 * text's shingles that also stand in the longer one.  0.5 is an eighth of the
 * words: more than articles about the same event share by chance.  Memory is
 * bounded: long texts are compared by a sample of their shingles.
 */
extern na_status na_similarity(const na_env *env, const char *a, uint32_t na, const char *b,
							   uint32_t nb, float *similarity);

/*
 * Fingerprint of a text: hashes chosen by winnowing, sorted, distinct, at most
 * NA_FINGERPRINT_MAX (the smallest).  Two texts that share a run of
 * NA_WINDOW + NA_SHINGLE - 1 words share a value, wherever the run stands.
 */
typedef struct na_fingerprint_reader na_fingerprint_reader;

/* NULL when there is no memory */
extern na_fingerprint_reader *na_fingerprint_reader_new(const na_env *env);
extern void na_fingerprint_reader_free(na_fingerprint_reader *r);

/* every segment of the text, in order */
extern na_status na_fingerprint_segment(na_fingerprint_reader *r, const na_segment *seg);

/* behind the last; the values are the reader's */
extern na_status na_fingerprint_end(na_fingerprint_reader *r, const char *text, uint32_t ntext,
									const int32_t **values, uint32_t *n);

/* the same in one call; *values is env's memory (NULL when *n is 0) */
extern na_status na_fingerprint(const na_env *env, const char *text, uint32_t ntext,
								int32_t **values, uint32_t *n);

#endif /* NA_FINGERPRINT_H */
