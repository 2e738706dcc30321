/*
 * na_blob.c
 *		Links the compiled-in data (news_ar.dat, made by src/gen) into the library.
 *
 * .incbin instead of a C array: 20 MB assemble in a tenth of a second.
 */
#ifndef NA_BLOB_FILE
#error "NA_BLOB_FILE must name news_ar.dat"
#endif

__asm__(
#ifdef __APPLE__
	".section __TEXT,__const\n"
	".globl _na_blob\n"
	".balign 64\n"
	"_na_blob:\n"
#else
	".section .rodata\n"
	".globl na_blob\n"
	".hidden na_blob\n"
	".type na_blob, %object\n"
	".balign 64\n"
	"na_blob:\n"
#endif
	".incbin \"" NA_BLOB_FILE "\"\n"
#ifndef __APPLE__
	".size na_blob, . - na_blob\n"
#endif
	".byte 0\n"
	".text\n");
