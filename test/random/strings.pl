#!/usr/bin/perl
# strings.pl SEED COUNT
#		Hostile texts for COPY (number, text): COUNT random ones and the fixed ones
#		below; the same texts for the same seed.  All are what PostgreSQL stores as
#		text: well-formed UTF-8 without NUL.
#
# strings.pl --blanks CLASSES.TSV
#		All characters of the classes space, newline and control, for COPY.
use strict;
use warnings;
use utf8;
binmode(STDOUT, ':encoding(UTF-8)');
no warnings 'utf8', 'nonchar', 'surrogate';

sub copy_text
{
	my ($s) = @_;
	$s =~ s/\\/\\\\/g;
	$s =~ s/\n/\\n/g;
	$s =~ s/\r/\\r/g;
	$s =~ s/\t/\\t/g;
	return $s;
}

if (@ARGV && $ARGV[0] eq '--blanks')
{
	my $all = '';
	open(my $in, '<', $ARGV[1]) or die "$ARGV[1]: $!\n";
	while (<$in>)
	{
		next unless /^([0-9A-F]+)\t([0-9A-F]+)\t(?:space|newline|control)$/;
		$all .= join('', map { chr } grep { $_ > 0 } hex($1) .. hex($2));
	}
	print copy_text($all), "\n";
	exit;
}

my ($seed, $count) = @ARGV;
# an own generator: perl's rand differs between builds
my $state = ($seed * 2654435761 + 1) % 4294967296;

sub roll
{
	my ($n) = @_;
	$state = ($state * 1664525 + 1013904223) % 4294967296;
	return int($state / 65536) % $n;
}

no warnings 'qw';
my @pieces = (
	# words of news
	qw(قال وقال وأضاف إن أن بأن مؤكدا لبنان اللبنانية بيروت القاهرة الرياض وزير الخارجية الرئيس محمد عبد الله بن
		سلمان رويترز المصدر اقرأ أيضا شارك أمس غدا الماضي المقبل منذ قبل بعد من إلى بين حتى كل عام القرن نوفمبر تشرين
		الثاني رمضان محرم الأحد الاثنين الساعة صباحا يومين أوائل منتصف الأمم المتحدة الاتحاد الأوروبي ماي أكتوبر
		مدرسة المدارس وبالمدارس فسيكتبونها للصين كوفيد شركة حزب حركة جامعة إغلاق تصوير كتب نشر آخر تحديث),
	# proclitics and marks
	qw(و ف ب ك ل س ال لل), "\x{64E}", "\x{651}\x{650}", "\x{652}", "\x{64B}", "\x{670}", "\x{640}", "\x{640}\x{640}\x{640}",
	# digits of three scripts
	qw(0 7 31 2024 1446 ٣ ١٥ ٢٠٢٤ ۷ ۱۴۰۳ 1,250 ١٬٢٥٠ 12.5 ١٢٫٥ 3/11/2024 2024-11-03 ٢٠٢٤/١١/٣ 14:35 19- +3 هـ م %),
	# quotation marks, brackets, signs
	'"', '«', '»', '“', '”', '‹', '›', "'", '’', '(', ')', '[', ']', '{', '}', '،', '؛', '؟', '!', '.', '...', '…', ':', '-',
	'–', '—', '|', '/', '\\', '*', '#', '@', '_', '&', '<', '>', '=', '~', '`', '$$', '%s', "''", '""', '$1', '\\n', '--', '/*',
	# blanks and line breaks
	' ', ' ', ' ', ' ', ' ', "\n", "\n\n", "\r\n", "\t", "\x{A0}", "\x{2003}", "\x{2028}", "\x{85}", "\x{0B}", "\x{0C}",
	# controls
	"\x{200E}", "\x{200F}", "\x{61C}", "\x{202B}", "\x{202C}", "\x{202E}", "\x{2067}", "\x{2069}", "\x{FEFF}", "\x{AD}", "\x{200C}",
	"\x{200D}", "\x{34F}", "\x{1}", "\x{7F}", "\x{1B}",
	# forms
	"\x{FDFA}", "\x{FDF2}", "\x{FEFB}", "\x{FE8D}", "\x{627}\x{653}", "\x{648}\x{654}", "\x{671}", "\x{6A9}", "\x{6CC}", "\x{6AF}",
	"\x{FF21}", "\x{FF11}", "\x{FB01}", "e\x{301}", "\x{130}", "\x{DF}", "\x{1E9E}", "\x{1100}\x{1161}", "\x{FFFD}", "\x{E000}",
	"\x{10FFFF}", "\x{1EE00}", "\x{600}", "\x{6DD}", "\x{1F1F1}\x{1F1E7}", "\x{1F468}\x{200D}\x{1F469}",
	# other scripts and the web
	qw(Reuters AFP c X I ı İ İstanbul straße ΑΣ Σ Ж 中文 אב http://a.b/c?d=1#e www.a.org a@b.org #غزة_الآن @x &nbsp; &#1576;
		<p> </p> <script>alert(1)</script> <a), '<img src="x" onerror=\'y\'>');

my $n = 0;

sub put
{
	my ($s) = @_;
	printf "%d\t%s\n", ++$n, copy_text($s);
}

# shapes that have no end of their own
put($_) for '', ' ', "\n", "\x{640}", "\x{64E}", '"', 'و', '7', "\x{FFFD}", "\x{202E}";
put($_ x 3000) for 'ب', "ب\x{64E}", "\x{64E}", '7', '"', '«', "\n", "(", 'و ', 'و', 'محمد ', "لبنان\n", '3/', 'قال ', '#', '@a ', 'http://', '<', '&',
	"\x{640}", "\x{202E}", ' ', "\x{1F1F1}", "\x{FDFA}", 'من 3 إلى ', 'عبد ', 'وزير ', ': ', "أ.";
put(join(' ', map { "كلمة$_" } 1 .. 400));
put("الأحد 3 نوفمبر / November 2024\n\nلقاء في بيروت يبحث ملف المياه\nلقاء في بيروت يبحث ملف المياه\nشارك\n\n"
	. "قال سيرغي لافروف أمس: \"نرفض هذا القرار رفضا تاما\"، خلال زيارة إلى بيروت التقى فيها عددا من الوزراء اللبنانيين.\n\nالمصدر: وكالات\nإغلاق");

for (1 .. $count)
{
	my @text;
	my $length = roll(10) ? 1 + roll(60) : 1 + roll(1500);
	my $glue = roll(3);
	while (@text < $length)
	{
		my $piece = roll(20) ? $pieces[roll(scalar @pieces)]
			: roll(2) ? chr(0x600 + roll(0x100))
			: chr((0x20, 0x80, 0x2000, 0xFB50, 0xFE70, 0x10000, 0x1F300)[roll(7)] + roll(0x60));
		push @text, $piece;
		push @text, ' ' if $glue && roll(3);
		# a stretch of it again
		push @text, @text[-roll(@text > 20 ? 20 : scalar @text) - 1 .. -1] unless roll(25);
	}
	put(join('', @text));
}
