#!/usr/bin/perl
# markup.pl FILE [nothing|dom]
#		Reads an HTML file of the report tag by tag: only the elements and attributes
#		that the report is made of, each closed, nothing that could run or load.
use strict;
use warnings;

my ($file, $how) = (@ARGV, '');
open(my $in, '<:encoding(UTF-8)', $file) or die "$file: $!\n";
my $html = do { local $/; <$in> };
my %element = map { $_ => 1 } qw(html head meta title style body header main section footer div h1 h2 h3 p ul ol li b bdi span
	blockquote mark time svg text rect line);
my %attribute = map { $_ => 1 } qw(lang dir charset name content http-equiv class id data-id data-name data-country datetime
	viewbox role aria-label x y x1 x2 y1 y2 width height rx fill-opacity text-anchor);
my (@open, @bad, %seen);
my $rest = $html;
$rest =~ s/^<!DOCTYPE html>//i;
# what stands in <style> is the template's
$rest =~ s{(<style>)(.*?)(</style>)}{$1$3}s;
push @bad, 'style loads something' if ($2 // '') =~ /url\(|\@import/;
while ($rest =~ /\G([^<]*)(<(\/?)([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z0-9:-]+(?:="[^"<>]*")?)*)\s*(\/?)>)?/gc)
{
	my ($text, $tag, $end, $name, $attributes, $empty) = ($1, $2, $3, lc($4 // ''), $5, $6);
	push @bad, 'bare >: ' . substr($text, 0, 60) if $text =~ />/;
	push @bad, 'control or bidi character' if $text =~ /[\x01-\x08\x0b-\x1f\x7f-\x9f\x{202a}-\x{202e}\x{2066}-\x{2069}\x{fffe}]/;
	last unless defined $tag;
	$seen{$name}++;
	push @bad, "element $name" unless $element{$name};
	if ($end)
	{
		my $last = pop @open // '';
		push @bad, "</$name> closes <$last>" if $last ne $name;
		next;
	}
	while ($attributes =~ /\s([A-Za-z0-9:-]+)(?:="([^"]*)")?/g)
	{
		push @bad, "attribute $1 of $name" unless $attribute{lc $1};
	}
	push @open, $name unless $empty || $name eq 'meta';
}
push @bad, 'text is not read to its end: ' . substr($rest, pos($rest) // 0, 80) if (pos($rest) // 0) < length $rest;
push @bad, "open at the end: @open" if @open;
binmode(STDOUT, ':encoding(UTF-8)');
print @bad ? 'not ok markup: ' . join('; ', @bad[0 .. ($#bad > 5 ? 5 : $#bad)]) . "\n" : "ok markup\n";
exit if $how eq 'nothing';
# charts: a timeline, four trends, four bars, the matrix
for my $need ([ 'svg', 8 ], [ 'rect', 40 ], [ 'text', 60 ], [ 'li', 12 ], [ 'mark', 3 ], [ 'time', 1 ], [ 'blockquote', 5 ])
{
	my ($name, $n) = @$need;
	my $have = $seen{$name} // 0;
	$have = int($have / 2) if $name ne 'rect' || $how eq 'dom';
	print(($have >= $n ? 'ok' : 'not ok'), " at least $n $name", $have >= $n ? '' : ", not $have", "\n");
}
