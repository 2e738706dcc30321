#!/usr/bin/perl
# articles.pl
#		News pages for measuring, generated: the same bytes on every machine.
#
#	articles.pl [--copy] [NUMBER]
#
# Sentences are filled from word lists; one word in fifteen is coined from a
# root and a pattern, so that look-ups miss as they do in real text.  Pages are
# separated by form feeds; --copy writes one page a line for COPY instead.
use strict;
use warnings;
use utf8;
binmode STDOUT, ':encoding(UTF-8)';

my $copy = @ARGV && $ARGV[0] eq '--copy' ? shift @ARGV : '';
my $pages = @ARGV ? shift @ARGV : 200;

# a generator of our own: perl's differs between builds
my $state = 20240229;

sub dice
{
	$state = ($state * 1103515245 + 12345) % 2147483648;
	return ($state >> 8) % $_[0];
}

sub pick { return $_[ dice(scalar @_) ]; }

my %list = map { my ($k, @w) = split /\s*[:|]\s*/; $k => \@w } grep { /\S/ } split /\n/, <<'LISTS';
given:أحمد|محمد|سامر|ليلى|هدى|خالد|منى|يوسف|عبد الله|كريم|نادية|طارق|سعاد|فيصل|رنا|إبراهيم|حسن|علي|مريم|عمر|جون|ماريا|بيتر|آنا
family:الحوراني|الساعدي|القيسي|المصري|النجار|بن سالم|العلوي|الزهراني|الخطيب|منصور|التميمي|بوعزيز|حداد|الشامي|ولد أحمد|الكعبي|سميث|إيفانوف|مولر|غارسيا|الدوسري|الفاسي
title:وزير الخارجية|وزيرة الصحة|رئيس الوزراء|الرئيس|المتحدث باسم الحكومة|مدير الشركة|النائب|السفير|الخبير الاقتصادي|الناطق العسكري|محافظ البنك المركزي|رئيس البلدية|المدرب|الأمين العام
country:مصر|السعودية|العراق|لبنان|سوريا|الأردن|المغرب|الجزائر|تونس|ليبيا|السودان|اليمن|قطر|الكويت|الإمارات|فرنسا|روسيا|الصين|الولايات المتحدة|تركيا|إيران|ألمانيا|بريطانيا|اليابان|الهند
nation:المصري|السعودي|العراقي|اللبناني|السوري|الأردني|المغربي|الجزائري|التونسي|الروسي|الفرنسي|الصيني|الأميركي|التركي|الإيراني|الألماني|البريطاني
city:القاهرة|الرياض|بغداد|بيروت|دمشق|عمّان|الرباط|الجزائر|تونس|طرابلس|الخرطوم|صنعاء|الدوحة|باريس|موسكو|بكين|واشنطن|أنقرة|طهران|برلين|لندن|البصرة|حلب|الإسكندرية|مراكش|جنيف
org:الأمم المتحدة|جامعة الدول العربية|الاتحاد الأوروبي|البنك الدولي|منظمة الصحة العالمية|مجلس الأمن|وزارة الداخلية|وزارة التعليم|البنك المركزي|الهلال الأحمر|جامعة القاهرة|نادي الزمالك|شركة أرامكو|حركة النهضة|وكالة رويترز|صندوق النقد الدولي
verb:قال|أعلن|أكد|أوضح|أضاف|ذكر|صرح|شدد|أفاد|اعتبر|كشف|حذر|أشار إلى|لفت إلى
noun:الاتفاق|المشروع|القرار|البرنامج|التقرير|الاجتماع|المفاوضات|الخطة|الأزمة|الأسعار|الموازنة|الانتخابات|المساعدات|التحقيق|المباراة|الدورة|القطاع|السوق|المياه|الطاقة|المدارس|المستشفيات|المزارعين|العمال|الطلاب|السكان|اللاجئين|الحدود|الميناء|الطريق
adj:الجديد|الأخيرة|المقبل|الكبرى|السابق|المشتركة|المحلية|الدولية|الاقتصادية|السياسية|الأمنية|الصحية|العاجلة|الواسعة|الطارئة|المائية|الزراعية|الرياضية|الثقافية|التعليمية
work:تطوير|تنفيذ|دراسة|مراجعة|دعم|تمويل|متابعة|إنشاء|توسيع|تخفيض|زيادة|حماية|توزيع|مناقشة|تأجيل|استئناف|تسريع|إصلاح
past:يبدأ|تنتهي|يشمل|تغطي|يستمر|ترتفع|ينخفض|تتوقف|يعود|تتضمن|يتجاوز|تحتاج|يؤدي|تساهم|يستهدف
place:شرق المدينة|شمال البلاد|الجنوب|العاصمة|المنطقة الحدودية|القرى المجاورة|ضفاف النهر|الساحل|المخيمات|الأحياء القديمة
when:أمس|اليوم|الأحد|يوم الثلاثاء|الخميس الماضي|الأسبوع المقبل|مساء أمس|صباح الاثنين|في 14 أكتوبر/ تشرين الأول الماضي|منذ ثلاثة أشهر|قبل عامين|خلال العام 2023|في 5 مارس 2024|نهاية الشهر الجاري|منذ عام ٢٠١٩|بين عامي 2018 و2021|الشهر الفائت|قبل نحو ساعتين
unit:مليون دولار|في المئة|كيلومتر|ألف طن|مليار جنيه|شخصا|درجة مئوية|ميغاواط|عائلة|نقطة
link:من جهته|في المقابل|وفي السياق ذاته|إلى ذلك|من ناحية أخرى|وبحسب المصدر نفسه|غير أن|كما أن|ورغم ذلك|في غضون ذلك
wire:رويترز|أ ف ب|د ب أ|وكالات|الأناضول
month:يناير / كانون الثاني|فبراير|مارس|أبريل / نيسان|مايو|يونيو|يوليو / تموز|أغسطس|سبتمبر|أكتوبر / تشرين الأول|نوفمبر|ديسمبر
day:الأحد|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت
menu:الرئيسية|سياسة|اقتصاد|رياضة|ثقافة|صحة|منوعات|فيديو
LISTS

my @sentence = grep { /\S/ } split /\n/, <<'SENTENCES';
{verb} {title} {nation} {given} {family} إن {noun} {adj} سوف {past} {when}، بعد {work} {noun} في {city}
{link}، {verb} {title} {given} {family} أن {org} تعمل على {work} {noun} {adj} بالتعاون مع {country} و{country}
وكانت {org} قد أعلنت {when} عن {work} {noun} بكلفة {number} {unit}، وفق بيان نشرته {wire}
وقال {family}: "{say}"، مضيفا أن {coin} {noun} لن {past} قبل {when}
{link}، رأى {given} {family} أن {work} {noun} {adj} رهن ب{noun} في {country}، لأن {coin} {past} {number} {unit}
وبلغ عدد {noun} في {place} نحو {number} {unit} {when}، مقارنة مع {number} {unit} في الفترة نفسها
ويعيش في {city} و{place} أكثر من {number} {unit}، ويعتمد معظمهم على {noun} و{noun} {adj}
{verb} بيان {org} أن {title} زار {city} {when} والتقى نظيره {nation} {given} {family} لبحث {work} {noun}
وشارك في {noun} ممثلون عن {country} و{country} و{org}، إلى جانب {coin} من {city}
وقد تراجع {noun} {adj} بنسبة {number} {unit} منذ {work} {noun}، بينما {past} {coin} {noun} في {place}
"{say}"، هكذا وصف {title} {given} {family} ما جرى {when} في {city}
ولم يتضح بعد هل {past} {noun} {adj} أم {past} {coin}، لكن {org} طالبت ب{work} {noun} فورا
ويمتد {noun} من {city} إلى {city} مسافة {number} {unit}، ويُفترض أن {past} {coin} {work} {noun}
SENTENCES

my @say = grep { /\S/ } split /\n/, <<'SAY';
لن نقبل أي {work} قبل {work} {noun}، ونحن مستعدون ل{work} {noun} {adj}
علينا أن نعمل معا من أجل {noun} {adj}، فالناس في {place} ينتظرون منا الكثير
ما حدث في {city} يثبت أن {noun} {past} وأن {coin} لا بد أن {past}
نأمل أن {past} {noun} قريبا وأن تعود الحياة إلى {place}
SAY

my @letter = split //, 'بتجحخدرزسشصضطعغفقكلمنهوي';
my @pattern = ('م%%و%', '%ا%%', 'ت%%ي%', 'است%%ا%', '%%%ان', 'م%ا%%ات', 'ان%%ا%', 'ال%%ي%ة', 'وال%%%ون', 'بال%%ا%ات',
	'ي%%%ون', 'م%%%هم', 'ل%%ي%ه', '%%و%ي', 'مت%%%ين');

sub coin
{
	my $p = pick(@pattern);
	$p =~ s/%/pick(@letter)/ge;
	return $p;
}

sub number { return pick(dice(90) + 5, dice(900) + 100, sprintf('%d,%03d', dice(40) + 1, dice(1000)), sprintf('%d.%d', dice(80) + 1, dice(9) + 1)); }

sub fill
{
	my $s = shift;
	1 while $s =~ s/\{(\w+)\}/
		$1 eq 'coin' ? coin() : $1 eq 'number' ? number() : $1 eq 'say' ? pick(@say) : pick(@{ $list{$1} })/e;
	return $s;
}

sub paragraph { return join(' ', map { fill(pick(@sentence)) . '.' } 1 .. 2 + dice(3)); }

sub page
{
	my @line;
	my $title = fill('{title} {nation}: {work} {noun} {adj} في {city} {past} {when}');
	push @line, join(' ', @{ $list{menu} }) if dice(3) == 0;
	push @line, fill('{day} ') . (1 + dice(28)) . fill(' {month} ') . (2015 + dice(10));
	push @line, '', $title, '';
	push @line, 'شارك القصة', '' if dice(2);
	push @line, fill('{city} - {given} {family}'), '' if dice(2);
	push @line, fill('{title} {given} {family} خلال زيارة إلى {city} ({wire})') if dice(2);
	for my $n (1 .. 5 + dice(7))
	{
		push @line, paragraph(), '';
		push @line, fill('{work} {noun} {adj}'), '' if dice(5) == 0;
		push @line, 'اقرأ أيضا: ' . fill('{noun} {adj} في {country}'), '' if dice(8) == 0;
	}
	push @line, 'المصدر: ' . fill('{wire}'), 'مواضيع ذات صلة', fill('{noun} {nation} {past}'), 'تعليقات';
	return join("\n", @line) . "\n";
}

for my $n (1 .. $pages)
{
	my $p = page();
	if ($copy)
	{
		$p =~ s/\\/\\\\/g;
		$p =~ s/\n/\\n/g;
		$p =~ s/\t/\\t/g;
		print "$p\n";
	}
	else { print $n > 1 ? "\f" : '', $p; }
}
