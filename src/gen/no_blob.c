/*
 * no_blob.c
 *		An empty blob, for the tools that make the real one.
 */
#include "../core/na_data.h"

const unsigned char na_blob[sizeof(na_data_header)] = {0};
