#!/usr/bin/perl
# examples.pl DATABASE FILE ...
#		Runs the ```sql blocks of Markdown files, those of one file in one session
#		of psql, in order.  Where a block without a language stands below (blank
#		lines only between them), psql must print exactly its text.
use strict;
use warnings;

my ($db, @files) = @ARGV;
my $bad = 0;

for my $file (@files)
{
	my ($name) = $file =~ m{([^/]+)$};
	open(my $in, '<', $file) or die "$file: $!\n";
	my @lines = <$in>;
	close $in;
	my @blocks;
	my $follows = 0;			# is the last block still waiting for its output?
	for (my $i = 0; $i < @lines; $i++)
	{
		if ($lines[$i] =~ /^```(\w*)/)
		{
			my ($lang, $first, $text) = ($1, $i + 1, '');
			$text .= $lines[$i] while ++$i < @lines && $lines[$i] !~ /^```/;
			if ($lang eq 'sql')
			{
				push @blocks, { line => $first, sql => $text };
				$follows = 1;
			}
			else
			{
				$blocks[-1]{want} = $text if $lang eq '' && $follows;
				$follows = 0;
			}
		}
		elsif ($lines[$i] =~ /\S/)
		{
			$follows = 0;
		}
	}
	next unless @blocks;
	my $script = "SET client_min_messages = warning;\n";
	$script .= "CREATE EXTENSION IF NOT EXISTS news_ar;\n";
	$script .= "\\echo >>>> $_\n$blocks[$_]{sql}\n" for 0 .. $#blocks;
	my $tmp = "$ENV{NA_WORK}/examples.sql";
	open(my $out, '>', $tmp) or die "$tmp: $!\n";
	print $out $script;
	close $out;
	my $got = `psql -X -q -d $db -f $tmp 2>&1`;
	my %got = $got =~ /^>>>> (\d+)\n(.*?)(?=^>>>> |\z)/gms;
	for my $k (0 .. $#blocks)
	{
		my ($want, $have) = ($blocks[$k]{want}, $got{$k} // '');
		s/[ \t]+$//gm, s/\n+\z/\n/ for grep { defined } $want, $have;
		my $good = $have !~ /^psql:.*(?:ERROR|FATAL):/m
			|| (defined $want && $want =~ /ERROR:/);
		# an expected error is written as psql prints it, without file and line
		$have =~ s/^psql:[^ ]*: //gm;
		$good &&= $have eq $want if defined $want;
		printf "%s %s line %d\n", $good ? 'ok' : 'not ok', $name, $blocks[$k]{line};
		if (!$good)
		{
			$bad = 1;
			print "--- printed:\n$have";
			print "--- written:\n$want" if defined $want;
		}
	}
}
exit $bad;
