#!/usr/bin/perl
# corpus.pl
#		Articles for measuring as lines of COPY: as many of every file.
#
#	corpus.pl NUMBER FILE.jsonl.xz …
#
# A file has one JSON object a line, with the keys text and perhaps title.
use strict;
use warnings;
use JSON::PP;

my $number = shift @ARGV;
my $json = JSON::PP->new->utf8;
binmode STDOUT, ':encoding(UTF-8)';

for my $k (0 .. $#ARGV)
{
	my $want = int($number * ($k + 1) / @ARGV) - int($number * $k / @ARGV);

	open my $in, '-|', 'xz', '-dc', $ARGV[$k] or die "$ARGV[$k]: $!\n";
	while ($want > 0 && defined(my $line = <$in>))
	{
		my $a = $json->decode($line);
		my $t = join "\n\n", grep { defined && length } $a->{title}, $a->{text};

		# short notes are no articles
		next if length $t < 600;
		$t =~ s/\0//g;
		$t =~ s/\\/\\\\/g;
		$t =~ s/\n/\\n/g;
		$t =~ s/\r/\\r/g;
		$t =~ s/\t/\\t/g;
		print "$t\n";
		$want--;
	}
	close $in;
}
