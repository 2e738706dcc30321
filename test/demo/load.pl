#!/usr/bin/perl
# load.pl
#		Reads names of page files (standard input, one a line), writes the SQL
#		that loads them into `articles`, batch by batch, with progress.
#
# Text is UTF-8; a file that is not is taken as UTF-16 (with its mark) or as
# Windows-1256, the common older encoding of Arabic.  Needs no Perl module.
use strict;
use warnings;

my @files = <STDIN>;
chomp @files;
my ($batch, $bytes, $n, $open) = (0, 0, 0, 0);
my $started = time;
my $shown = $started;

sub close_batch
{
	return unless $open;
	print "\\.\nSELECT load_pages();\n";
	# every second or so, and only on loads that take long
	if (@files > 50)
	{
		printf "\\warn '   %d of %d pages'\n", $n, scalar @files;
	}
	($open, $bytes, $batch) = (0, 0, 0);
}

sub convert
{
	my ($file, $from) = @_;
	open(my $pipe, '-|', 'iconv', '-c', '-f', $from, '-t', 'UTF-8', $file) or return;
	local $/;
	my $text = <$pipe>;
	close $pipe;
	return $text;
}

for my $file (@files)
{
	my $text;
	if (open(my $in, '<:raw', $file))
	{
		local $/;
		$text = <$in>;
		close $in;
	}
	if (!defined $text)
	{
		warn "cannot read $file\n";
		next;
	}
	$n++;
	if ($text =~ /^(?:\xff\xfe|\xfe\xff)/)
	{
		$text = convert($file, 'UTF-16');
	}
	else
	{
		my $copy = $text;
		$text = convert($file, 'CP1256') unless utf8::decode($copy);
	}
	if (!defined $text)
	{
		warn "cannot read $file as text\n";
		next;
	}
	$text =~ s/^\xef\xbb\xbf//;
	$text =~ tr/\x00//d;
	$text =~ s/\r\n?/\n/g;
	my $name = $file;
	$name =~ s{.*/}{};
	for ($text, $name)
	{
		s/\\/\\\\/g;
		s/\t/\\t/g;
		s/\n/\\n/g;
		s/\r/\\r/g;
	}
	unless ($open)
	{
		print "COPY pages (file, page) FROM stdin;\n";
		$open = 1;
	}
	print "$name\t$text\n";
	$bytes += length $text;
	close_batch() if ++$batch >= 200 || $bytes > 1 << 20;
}
close_batch();
print "ANALYZE articles;\n";
