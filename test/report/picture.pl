#!/usr/bin/perl
# picture.pl FILE
#		Counts colours in a PNG picture of the report: bars, marks and text are there.
use strict;
use warnings;
use Compress::Zlib;

open(my $in, '<:raw', $ARGV[0]) or do { print "not ok there is a picture\n"; exit };
my $png = do { local $/; <$in> };
my ($pos, $data, $width, $height, $channels) = (8, '');
while ($pos < length $png)
{
	my ($length, $type) = unpack('Na4', substr($png, $pos, 8));
	my $body = substr($png, $pos + 8, $length);
	if ($type eq 'IHDR')
	{
		my ($w, $h, $depth, $colour, undef, undef, $interlace) = unpack('NNCCCCC', $body);
		die "not a picture of 8 bits RGB\n" if $depth != 8 || ($colour != 2 && $colour != 6) || $interlace;
		($width, $height, $channels) = ($w, $h, $colour == 2 ? 3 : 4);
	}
	$data .= $body if $type eq 'IDAT';
	$pos += 12 + $length;
}
my $raw = uncompress($data);
my $stride = $width * $channels;
my @above = (0) x $stride;
my %count;
for my $y (0 .. $height - 1)
{
	my ($filter, @row) = unpack('C*', substr($raw, $y * ($stride + 1), $stride + 1));
	for my $i ($filter ? 0 .. $#row : ())
	{
		my $a = $i >= $channels ? $row[ $i - $channels ] : 0;
		my $b = $above[$i];
		if ($filter == 1) { $row[$i] += $a }
		elsif ($filter == 2) { $row[$i] += $b }
		elsif ($filter == 3) { $row[$i] += ($a + $b) >> 1 }
		else
		{
			my $c = $i >= $channels ? $above[ $i - $channels ] : 0;
			my $p = $a + $b - $c;
			my ($pa, $pb, $pc) = (abs($p - $a), abs($p - $b), abs($p - $c));
			$row[$i] += $pa <= $pb && $pa <= $pc ? $a : $pb <= $pc ? $b : $c;
		}
		$row[$i] &= 255;
	}
	for (my $i = 0; $i < $stride; $i += $channels)
	{
		$count{ $row[$i] << 16 | $row[ $i + 1 ] << 8 | $row[ $i + 2 ] }++;
	}
	@above = @row;
}
# colours of news_ar_report.html, whole areas of them
for my $want ([ 'bars', 0x1f6f8b, 1000 ], [ 'marked places', 0xcfe8d5, 500 ], [ 'marked persons', 0xfde3c8, 300 ],
	[ 'marked dates', 0xfdf3b4, 500 ], [ 'paper', 0xffffff, 100000 ], [ 'text', 0x1d2730, 500 ])
{
	my ($what, $colour, $n) = @$want;
	my $have = $count{$colour} // 0;
	print(($have >= $n ? 'ok' : 'not ok'), " $what", $have >= $n ? '' : ": $have pixels, wanted $n", "\n");
}
