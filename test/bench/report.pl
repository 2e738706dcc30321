#!/usr/bin/perl
# report.pl
#		Tables and plot of what test/bench/run measured.
#
#	report.pl [--doc FOLDER] RESULTS
#
# Prints the tables; --doc puts them between the marks of FOLDER/performance.md
# and draws FOLDER/performance.svg.
use strict;
use warnings;

my $folder;
if (@ARGV && $ARGV[0] eq '--doc')
{
	shift @ARGV;
	$folder = shift @ARGV;
}
my (%pages, %time, %index, @names, @values, @parallel, @first, @memory, @sets, @version, @processors);
open my $in, '<', $ARGV[0] or die "$ARGV[0]: $!\n";
while (<$in>)
{
	chomp;
	my ($section, @f) = split /\t/;

	if ($section eq 'pages') { $pages{ $f[0] } = [ @f[ 1, 2 ] ]; push @sets, $f[0]; }
	elsif ($section eq 'time')
	{
		push @names, $f[1] if !grep { $_ eq $f[1] } @names;
		$time{ $f[0] }{ $f[1] } = $f[2];
	}
	elsif ($section eq 'value') { push @values, \@f; }
	elsif ($section eq 'parallel') { push @parallel, \@f; }
	elsif ($section eq 'first') { push @first, \@f; }
	elsif ($section eq 'memory') { push @memory, \@f; }
	elsif ($section eq 'index') { $index{ $f[0] }{ $f[1] } = $f[2]; }
	elsif ($section eq 'processors') { @processors = @f; }
	elsif ($section eq 'version') { @version = @f; }
}
close $in;

my $base = 'to_tsvector(arabic)';
my $text = '';

sub row { $text .= '| ' . join(' | ', @_) . " |\n"; }
sub head { row(@_); row('---', map { '---:' } @_[ 1 .. $#_ ]); }
sub figure { my $x = shift; return $x >= 100 ? sprintf('%.0f', $x) : $x >= 10 ? sprintf('%.1f', $x) : $x >= 1 ? sprintf('%.2f', $x) : sprintf('%.3f', $x); }

$text .= "news_ar $version[0], PostgreSQL $version[1], $processors[0] processors ($processors[1]).\n\n";
$text .= join('; ', map { sprintf '%s: %d pages, %.2f MB', $_, $pages{$_}[0], $pages{$_}[1] / 1e6 } @sets) . ".\n\n";
$text .= "### One backend\n\nProcessor time; × is the ratio to `$base` of the same run.\n\n";
head('function', map { ("$_ ×", 'ms/MB', 'µs/page') } @sets);
for my $n (@names)
{
	row("`$n`", map {
		my $ms = $time{$_}{$n};
		(figure($ms / $time{$_}{$base}), figure($ms / $pages{$_}[1] * 1e6), figure(1000 * $ms / $pages{$_}[0]));
	} @sets);
}
$text .= "\n![Ratio to to_tsvector(arabic) by function](performance.svg)\n";
$text .= "\n### Single values\n\n";
head('call', 'µs');
row("`$_->[0]`", $_->[1]) for @values;
$text .= "\n### One backend and $processors[0] at once\n\nEvery backend reads the generated pages three times; MB of text a second, elapsed.\n\n";
head('function', 'one', "all $processors[0]", 'gain');
for (@parallel)
{
	my $mb = 3 * $pages{generated}[1] / 1e6;

	row("`$_->[0]`", figure($mb / $_->[1] * 1000), figure($processors[0] * $mb / $_->[2] * 1000),
		sprintf('%.2f', $processors[0] * $_->[1] / $_->[2]));
}
$text .= "\n### First call\n\nMilliseconds for one sentence in a new connection, median of nine; the first call loads the library.\n\n";
head('function', 'first', 'third');
row("`$_->[0]`", @$_[ 1, 2 ]) for @first;
$text .= "\n### Private memory of a backend\n\nkB of `Private_Dirty` added by the first call and by ten more, for texts of three lengths.\n\n";
head('function', 'text, kB', 'first call', 'ten more');
row($_->[0] =~ /^\w+ing / ? $_->[0] : "`$_->[0]`", sprintf('%.1f', $_->[1] / 1000), $_->[3] - $_->[2], $_->[4] - $_->[3]) for @memory;
$text .= "\n### Indexes\n\nGIN indexes, kB for a MB of text.\n\n";
head('index on', @sets);
for my $i ('arabic', 'arabic_news', 'countries', 'entity_ids', 'fingerprint')
{
	my $e = $i =~ /^arabic/ ? "to_tsvector('$i', t)" : "ar_$i(t)";

	row("`$e`", map { figure($index{$_}{$i} / $pages{$_}[1] * 1000) } @sets);
}
print $text;
exit if !defined $folder;

# ---- into the documentation ----------------------------------------------------

my $doc = "$folder/performance.md";
open $in, '<', $doc or die "$doc: $!\n";
my $old = join '', <$in>;
close $in;
$old =~ s/(<!-- measured -->\n).*(<!-- end -->\n)/$1\n$text\n$2/s or die "$doc has no marks\n";
open my $out, '>', $doc or die "$doc: $!\n";
print $out $old;
close $out;

# bars on a scale of powers of ten, from 1/100 to 10
my $set = $sets[-1];
my @bars = sort { $time{$set}{$a} <=> $time{$set}{$b} } @names;
my ($left, $width, $step) = (190, 480, 20);
my $height = 50 + $step * @bars;

sub place { my $x = shift; $x = 0.01 if $x < 0.01; return $left + $width * (log($x) / log(10) + 2) / 3; }

open $out, '>', "$folder/performance.svg" or die "$folder/performance.svg: $!\n";
printf $out '<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">' . "\n",
	$left + $width + 60, $height;
print $out '<rect width="100%" height="100%" fill="white"/>' . "\n";
for my $x (0.01, 0.1, 1, 10)
{
	printf $out '<path d="M%.1f 24V%d" stroke="%s"/><text x="%.1f" y="16" text-anchor="middle">%s×</text>' . "\n",
		place($x), $height - 18, $x == 1 ? '#888' : '#ddd', place($x), $x;
}
my $y = 30;
for my $n (@bars)
{
	my $ratio = $time{$set}{$n} / $time{$set}{$base};
	my $name = $n;

	$name =~ s/&/&amp;/g;
	$name =~ s/</&lt;/g;
	printf $out '<text x="%d" y="%d" text-anchor="end">%s</text><rect x="%d" y="%d" width="%.1f" height="14" fill="%s"/><text x="%.1f" y="%d">%s</text>' . "\n",
		$left - 8, $y + 12, $name, $left, $y + 1, place($ratio) - $left, $n =~ /^ar_|arabic_news/ ? '#2a7f62' : '#9aa5b1',
		place($ratio) + 5, $y + 12, figure($ratio);
	$y += $step;
}
printf $out '<text x="%d" y="%d" fill="#555">processor time, %s pages, ratio to %s</text>' . "\n", $left, $height - 5, $set, $base;
print $out "</svg>\n";
close $out;
