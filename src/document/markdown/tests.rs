//! What each construct becomes, as data; then what must hold for any text at all.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::document::body::{LinkKind, Section};

fn options(typography: Typography) -> ParseOptions {
    ParseOptions { raw_html: RawHtml::Sanitise, typography }
}

fn read_with(text: &str, options: &MarkdownOptions<'_>) -> Checked<(Body, Outline)> {
    parse_body(&ContentPath::new("content/modules/x.md"), text, 100, options)
}

fn parse_with(text: &str, options: &MarkdownOptions<'_>) -> Checked<Body> {
    read_with(text, options).map(|(body, _)| body)
}

fn known_of(text: &str) -> Outline {
    read_with(text, &MarkdownOptions::default()).value.1
}

fn parse(text: &str) -> Body {
    parse_with(text, &MarkdownOptions::default()).value
}

/// Fragments as one text, gaps in brackets.
fn show(fragments: &[Fragment]) -> String {
    fragments
        .iter()
        .map(|fragment| match fragment {
            Fragment::Html(html) => html.clone(),
            Fragment::Address(index) => format!("[{index}]"),
            Fragment::Phrase(key) => format!("[{key}]"),
        })
        .collect()
}

fn check(text: &str, html: &str) {
    assert_eq!(show(&parse(text).lead), html, "{text}");
}

/// In the expected text `~` is the no-break space and `_` the narrow one.
fn check_french(text: &str, html: &str) {
    let options = MarkdownOptions { typography: Typography::French, ..MarkdownOptions::default() };
    let wanted = html.replace('~', "\u{A0}").replace('_', "\u{202F}");
    assert_eq!(show(&parse_with(text, &options).value.lead), wanted, "{text}");
}

fn check_removed(text: &str, html: &str, removed: &[(&str, std::ops::Range<usize>)]) {
    let checked = parse_with(text, &MarkdownOptions::default());
    assert_eq!(show(&checked.value.lead), html, "{text}");
    let found: Vec<_> = checked
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let Place::Span(span) = &diagnostic.primary.place else { panic!("no span") };
            (diagnostic.args[0].1.as_str(), span.start - 100..span.end - 100)
        })
        .collect();
    assert_eq!(found, removed, "{text}");
}

/// One line for each section: its level, its id, its title.
fn outline(text: &str, options: &MarkdownOptions<'_>) -> String {
    let body = parse_with(text, options).value;
    body.all_sections()
        .map(|Section { level, id, title, .. }| format!("{level} {id} {title}"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn check_outline(text: &str, wanted: &[&str]) {
    assert_eq!(outline(text, &MarkdownOptions::default()), wanted.join("\n"), "{text}");
}

#[test]
fn blocks_and_lines() {
    check(
        "a *b* **c** ~~d~~ `e<` \\\nf",
        "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e&lt;</code> <br>\nf</p>",
    );
    check("a\r\nb\r\n\r\nc", "<p>a\nb</p>\n<p>c</p>");
    check("- a\n- b\n  - c", "<ul>\n<li>a</li>\n<li>b<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>");
    check("3. a\n\n4. b", "<ol start=\"3\">\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ol>");
    check("> a\n\n---", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>");
    check("```rust\n<b>\n\tx\n```", "<pre tabindex=\"0\"><code>&lt;b&gt;\n\tx\n</code></pre>");
    check("mot\n: sens", "<dl>\n<dt>mot</dt>\n<dd>sens</dd>\n</dl>");
    check("{{ a }} {% b %} &eacute; \\*", "<p>{{ a }} {% b %} é *</p>");
    check("a\u{0}b\u{7}c\u{85}\u{FDD0}p0\u{FDD1}d\u{FFFF}", "<p>a\u{FFFD}bcp0d</p>");
    check("", "");
}

#[test]
fn tables() {
    check(
        "|  | b |\n|---|--:|\n| c | d |",
        "<div class=\"tableau\" tabindex=\"0\" role=\"group\" aria-label=\"[table]\"><table>\n<thead>\n<tr><td></td>\
         <th scope=\"col\" class=\"aligne-droite\">b</th></tr>\n</thead>\n<tbody>\n<tr><td>c</td>\
         <td class=\"aligne-droite\">d</td></tr>\n</tbody>\n</table></div>",
    );
    let body = show(&parse("|  |  |\n|---|---|\n| c | d |").lead);
    assert!(!body.contains("<th"), "{body}");
}

#[test]
fn alerts_and_tasks() {
    check(
        "> [!WARNING]\n> a",
        "<div class=\"alerte alerte-warning\" role=\"note\"><p class=\"alerte-titre\">[alert-warning]</p>\n<p>a</p>\n</div>",
    );
    check(
        "- [x] a\n- [ ] b",
        "<ul>\n<li><span class=\"case\" aria-hidden=\"true\">☑</span><span class=\"vh\">[task-done] </span>a</li>\n\
         <li><span class=\"case\" aria-hidden=\"true\">☐</span><span class=\"vh\">[task-open] </span>b</li>\n</ul>",
    );
}

#[test]
fn links_and_images() {
    let body = parse("[a](b.md \"t\") ![c *d*](e%20f.png) <https://g.fr> <h@i.fr> [](j)");
    assert_eq!(
        show(&body.lead),
        "<p><a href=\"[0]\" title=\"t\">a</a> <img src=\"[1]\" alt=\"c d\" loading=\"lazy\"> <a href=\"[2]\">https://g.fr</a> \
         <a href=\"[3]\">h@i.fr</a> <a href=\"[4]\">j</a></p>"
    );
    let targets: Vec<_> = body.links.iter().map(|link| (link.target.as_str(), link.kind)).collect();
    assert_eq!(
        targets,
        [
            ("b.md", LinkKind::Link),
            ("e%20f.png", LinkKind::Image),
            ("https://g.fr", LinkKind::Link),
            ("mailto:h@i.fr", LinkKind::Link),
            ("j", LinkKind::Link)
        ]
    );
    assert_eq!(body.links[0].span, 100..113);
    check(
        "![a](b.png \"c < d\")",
        "<figure><img src=\"[0]\" alt=\"a\" loading=\"lazy\"><figcaption>c &lt; d</figcaption></figure>",
    );
    check("![a](b.png \"c\") x", "<p><img src=\"[0]\" alt=\"a\" loading=\"lazy\" title=\"c\"> x</p>");
}

#[test]
fn addresses_that_run_are_taken_away() {
    for link in [
        "[a](javascript:b)",
        "[a](<JaVaScript&#58;b>)",
        "[a](<java&#10;script:b>)",
        "[a](data:text/html,b)",
        "[a](VBScript:b)",
    ] {
        let checked = parse_with(link, &MarkdownOptions::default());
        assert_eq!(show(&checked.value.lead), "<p>a</p>", "{link}");
        assert_eq!(checked.diagnostics.len(), 1, "{link}");
    }
    check_removed("![a](data:b)", "<p>a</p>", &[("data:b", 0..12)]);
    check_removed("<javascript:b>", "<p>javascript:b</p>", &[("javascript:b", 0..14)]);
}

#[test]
fn headings_make_a_tree() {
    check_outline("# A\n## B\n# C", &["2 a A", "3 b B", "2 c C"]);
    check_outline("### A\n## B\n#### C\n### D", &["2 a A", "2 b B", "3 c C", "3 d D"]);
    check_outline("## A\n## A\n## A {#é-b}\n## !", &["2 a A", "2 a-2 A", "2 é-b A", "2 section !"]);
    check_outline("## A\n## B {#a}", &["2 a-2 A", "2 a B"]);
    check_outline(
        "# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6",
        &["2 1 1", "3 2 2", "4 3 3", "5 4 4", "6 5 5", "6 6 6"],
    );
    check_outline("> ## A\n\n- # B\n\n## C", &["2 c C"]);
    let options = MarkdownOptions { title: Some("L'Été"), reserved_ids: &["b"], ..MarkdownOptions::default() };
    assert_eq!(outline("# L’été\n\nx\n\n## B\n# L'été", &options), "2 b-2 B\n2 l-ete L'été");
    assert_eq!(outline("## B\n# L'été", &options), "2 b-2 B\n2 l-ete L'été");
    check("##\n\n> # a", "<blockquote>\n<h2 id=\"a\">a</h2>\n</blockquote>");
}

#[test]
fn sections_hold_what_stands_below_them() {
    let body = parse("intro\n\n## 🎯 Objectifs **visés**\n\n- a\n- b\n\n### C\n\nd");
    let known = known_of("intro\n\n## 🎯 Objectifs **visés**\n\n- a\n- b\n\n### C\n\nd");
    assert_eq!(known.first_paragraph.as_deref(), Some("intro"));
    assert_eq!(body.words, 7);
    let section = &body.sections[0];
    assert_eq!(
        show(&section.heading()),
        "<span class=\"emoji\" aria-hidden=\"true\">🎯</span> Objectifs <strong>visés</strong>"
    );
    assert_eq!((section.title.as_str(), section.id.as_str()), ("Objectifs visés", "objectifs-vises"));
    assert_eq!(section.emoji.as_deref(), Some("🎯"));
    assert_eq!(section.kinds, [crate::document::body::SectionKind::Objectives]);
    assert_eq!(section.span, 107..135);
    assert_eq!(known.anchors.iter().collect::<Vec<_>>(), ["c", "objectifs-vises"]);
    assert_eq!(known_of("## A\n\n- x\n\n## B\n\n![i](j)\n\nc\nd").first_paragraph.as_deref(), Some("c d"));
}

#[test]
fn emoji_at_the_start_of_headings() {
    for (heading, emoji, title) in [
        ("☞ A", Some("☞"), "A"),
        ("➡️ A", Some("➡️"), "A"),
        ("**👩🏽‍🏫 A**", Some("👩🏽‍🏫"), "A"),
        ("1️⃣ A", Some("1️⃣"), "A"),
        ("▶A", Some("▶"), "A"),
        ("1 A", None, "1 A"),
        ("❶ A", None, "❶ A"),
        ("A 🎯", None, "A 🎯"),
    ] {
        let body = parse(&format!("## {heading}"));
        let section = &body.sections[0];
        assert_eq!((section.emoji.as_deref(), section.title.as_str()), (emoji, title), "{heading}");
    }
    check("## 🎯", "<p>🎯</p>");
}

#[test]
fn step_labels() {
    for (heading, wanted) in [
        ("Jour 1 : État des lieux", Some(("Jour", "1", "État des lieux"))),
        ("**Jour 1** : État *des* lieux", Some(("Jour", "1", "État <em>des</em> lieux"))),
        ("🗓 Séance 2 – Écouter", Some(("Séance", "2", "Écouter"))),
        ("Module 3", Some(("Module", "3", ""))),
        ("Étape n° 1. Découvrir", Some(("Étape", "1", "Découvrir"))),
        ("Matin", Some(("Matin", "", ""))),
        ("Après-midi : b", Some(("Après-midi", "", "b"))),
        ("Demi-journée 1", Some(("Demi-journée", "1", ""))),
        ("Day 1: Start", Some(("Day", "1", "Start"))),
        ("Partie II", Some(("Partie", "II", ""))),
        ("Jours 1 et 2 : x", Some(("Jours", "1 et 2", "x"))),
        ("Jours 1-2", Some(("Jours", "1-2", ""))),
        ("Jour 1 matin : x", Some(("Jour", "1 matin", "x"))),
        ("Jour 1 (7 h)", Some(("Jour", "1", "(7 h)"))),
        ("Étape 1 Découvrir", Some(("Étape", "1", "Découvrir"))),
        ("Module A : b", Some(("Module", "A", "b"))),
        ("Module à distance", None),
        ("Jour férié : x", None),
        ("Matin calme", None),
        ("Module 2.1", None),
        ("Partie Informatique", None),
        ("Objectifs", None),
    ] {
        let body = parse(&format!("## {heading}"));
        let step =
            body.sections[0].step.as_ref().map(|step| (step.word.clone(), step.number.clone(), show(&step.title)));
        let wanted = wanted.map(|(word, number, title)| (word.to_owned(), number.to_owned(), title.to_owned()));
        assert_eq!(step, wanted, "{heading}");
    }
}

#[test]
fn raw_html_is_sanitised() {
    check_removed("a<br>b <sup>2</sup> <kbd>c</kbd>", "<p>a<br>b <sup>2</sup> <kbd>c</kbd></p>", &[]);
    check_removed("a <script>b()</script> c", "<p>a  c</p>", &[("<script>", 2..10)]);
    check_removed("<script>\na<b \"\n\nc\n</script>\n\nd", "<p>d</p>", &[("<script>", 0..27)]);
    check_removed(
        "<div>\n<script>\n\na()\n\n</script>\n</div>\n\nb",
        "<div>\n\n</div>\n<p>b</p>",
        &[("<script>", 0..14)],
    );
    check_removed("<script>x\n\nb", "", &[("<script>", 0..12)]);
    check_removed("a <style> b\n\nc", "<p>a </p>\n<p>c</p>", &[("<style>", 2..9)]);
    check_removed("a <b onclick=\"x()\" class=y>c</b>", "<p>a <b>c</b></p>", &[("onclick=\"x()\"", 2..27)]);
    check_removed("a <blink>c</blink> <!-- d --> e", "<p>a c  e</p>", &[("<blink>", 2..9)]);
    check_removed("<iframe src=\"https://a.fr\">b</iframe>", "b", &[("<iframe src=\"https://a.fr\">", 0..37)]);
    check_removed(
        "<a href=\"java&Tab;script&colon;b\" lang=\"en\">c</a>",
        "<p><a lang=\"en\">c</a></p>",
        &[("href=\"java&Tab;script&colon;b\"", 0..44)],
    );
    check_removed("<b>a\n\nb", "<p><b>a</b></p>\n<p>b</p>", &[]);
    check_removed("a</div></b> b", "<p>a b</p>", &[]);
    check_removed("<h1>a</h1>", "<h2>a</h2>", &[]);
    check_removed("<form><input name=a>b</form>", "b", &[("<form>", 0..28)]);
    check_removed("<p>a & b &lt; c &amp;amp;</p>", "<p>a &amp; b &lt; c &amp;amp;</p>", &[]);
    check_removed("<svg/onload=alert(1)>", "<p>&lt;svg/onload=alert(1)&gt;</p>", &[]);
}

#[test]
fn raw_html_keeps_our_own_markup_and_its_addresses() {
    let (body, known) = read_with(
        "<div id=\"x y\">\n\n> [!NOTE]\n> [a](b)\n\n<a href='c.md?d&amp;e'>f</a><img src=g>\n\n</div>\n\n| h |\n|---|\n| i |",
        &MarkdownOptions::default(),
    )
    .value;
    assert_eq!(
        show(&body.lead),
        "<div id=\"x-y\">\n<div class=\"alerte alerte-note\" role=\"note\"><p class=\"alerte-titre\">[alert-note]</p>\n\
         <p><a href=\"[0]\">a</a></p>\n</div>\n<p><a href=\"[1]\">f</a><img src=\"[2]\" alt=\"\" loading=\"lazy\"></p>\n</div>\n\
         <div class=\"tableau\" tabindex=\"0\" role=\"group\" aria-label=\"[table]\"><table>\n<thead>\n<tr>\
         <th scope=\"col\">h</th></tr>\n</thead>\n<tbody>\n<tr><td>i</td></tr>\n</tbody>\n</table></div>"
    );
    assert_eq!(body.links[1].target, "c.md?d&e");
    assert_eq!(body.links[1].span, 136..159);
    assert!(known.anchors.contains("x-y"));
}

#[test]
fn headings_in_details_belong_to_them() {
    let body = parse("<details>\n<summary>a</summary>\n\n## b\n\n</details>\n\n## c");
    assert_eq!(show(&body.lead), "<details>\n<summary>a</summary>\n<h2 id=\"b\">b</h2>\n</details>");
    assert_eq!(body.sections.len(), 1);
    assert_eq!(parse("<details>\n\n## b\n\n## c").sections.len(), 2, "an end that is missing takes nothing along");
}

#[test]
fn raw_html_may_be_allowed() {
    let options = MarkdownOptions { raw_html: RawHtml::Allow, ..MarkdownOptions::default() };
    let checked = parse_with("<video class=a src=\"b\">\n\nx <u onclick=\"y\">z</u>", &options);
    assert_eq!(show(&checked.value.lead), "<video class=a src=\"b\">\n<p>x <u onclick=\"y\">z</u></p>");
    assert!(checked.diagnostics.is_empty() && checked.value.links.is_empty());
}

#[test]
fn footnotes() {
    let body = parse("a[^x] b[^y] c[^x] d[^z]\n\n[^y]: Y\n[^x]: X\n[^u]: U");
    let mark = |id: &str, number: u8| {
        format!(
            "<sup><a id=\"{id}\" class=\"note-appel\" href=\"#fn-{number}\" role=\"doc-noteref\" aria-label=\"[footnote] {number}\">{number}</a></sup>"
        )
    };
    assert_eq!(
        show(&body.lead),
        format!("<p>a{} b{} c{} d[^z]</p>", mark("fnref-1", 1), mark("fnref-2", 2), mark("fnref-1-2", 1))
    );
    let back = |id: &str, name: &str| {
        format!(
            " <a class=\"note-retour\" href=\"#{id}\" role=\"doc-backlink\" aria-label=\"[footnote-back] {name}\">↩</a>"
        )
    };
    assert_eq!(
        show(&body.footnotes),
        format!(
            "<section class=\"notes\" role=\"doc-endnotes\" aria-label=\"[footnotes]\">\n<ol>\n<li id=\"fn-1\"><p>X{}{}</p></li>\n\
             <li id=\"fn-2\"><p>Y{}</p></li>\n<li id=\"fn-3\"><p>U</p></li>\n</ol>\n</section>",
            back("fnref-1", "1"),
            back("fnref-1-2", "1-2"),
            back("fnref-2", "2")
        )
    );
    let body = parse("## fn-1\n\n<a href=b>a[^x]</a>\n\n[^x]: X");
    assert_eq!(body.sections[0].id, "s-fn-1");
    assert_eq!(show(&body.sections[0].content), format!("<p><a href=\"[0]\">a</a>{}</p>", mark("fnref-1", 1)));
}

#[test]
fn typography_looks_across_tags() {
    check_french("**Public** : l'*été* ?", "<p><strong>Public</strong>~: l’<em>été</em>_?</p>");
    check_french("« `a ! b` » et [c ?](d?e!)", "<p>«~<code>a ! b</code>~» et <a href=\"[0]\">c_?</a></p>");
    check_french("2\njours ![l'a ?](b)", "<p>2~jours <img src=\"[0]\" alt=\"l’a_?\" loading=\"lazy\"></p>");
    check_french("<https://a.fr/l'b?> !", "<p><a href=\"[0]\">https://a.fr/l'b?</a>_!</p>");
    check_french("<p>R&amp;D : <code>a !</code></p>", "<p>R&amp;D~: <code>a !</code></p>");
    check_french("    a !", "<pre tabindex=\"0\"><code>a !</code></pre>");
}

#[test]
fn prose_and_lines() {
    let prose = parse_prose("# Titre\n\na [b](c)\n\n- d<script>e</script>", options(Typography::French));
    assert_eq!(
        show(&prose.html),
        "<p><strong>Titre</strong></p>\n<p>a <a href=\"[0]\">b</a></p>\n<ul>\n<li>d</li>\n</ul>"
    );
    assert_eq!((prose.text.as_str(), prose.removed), ("Titre\na b\nd", vec!["<script>".to_owned()]));
    assert_eq!(prose.links[0].span, 11..17);
    for (text, html) in [
        ("1. Accueil", "1. Accueil"),
        ("# a", "# a"),
        ("_a_ <b>b</b> <div>c</div>", "<em>a</em> <b>b</b> c"),
        ("- a\n- b", "- a - b"),
        ("<script>a", ""),
        ("> a", "&gt; a"),
        ("", ""),
    ] {
        assert_eq!(show(&parse_inline(text, options(Typography::AsWritten)).html), html, "{text}");
    }
    assert_eq!(parse_inline("  [a](b)", options(Typography::AsWritten)).links[0].span, 2..8);
}

#[test]
fn large_and_deep_texts_take_linear_time() {
    let texts = [
        ">".repeat(10_000) + "a",
        "# a\n".repeat(100_000),
        "[".repeat(50_000),
        "*a **b ".repeat(20_000),
        "- ".repeat(5_000) + "a",
        "<b title=1>a\n\n".repeat(10_000),
        "<div>\n\n".repeat(10_000),
        "<div>".repeat(20_000),
        "a<".repeat(50_000),
        "<a \"".repeat(50_000),
        "![".repeat(20_000),
        "a[^1] ".repeat(20_000) + "\n\n[^1]: b",
        "'a ?! ".repeat(30_000),
        "?".repeat(100_000),
        "1 200 ".repeat(30_000),
        "&amp;".repeat(30_000) + "<br>",
    ];
    let options = MarkdownOptions { typography: Typography::French, ..MarkdownOptions::default() };
    for text in texts {
        let start = Instant::now();
        parse_with(&text, &options);
        let taken = start.elapsed();
        // Generous for slow machines; what is quadratic takes minutes here.
        assert!(taken < Duration::from_secs(20), "{} took {taken:?}", &text[..12]);
    }
}

fn check_sound(text: &str, options: &MarkdownOptions<'_>) {
    let (body, known) = read_with(text, options).value;
    let mut html = show(&body.lead);
    for section in body.all_sections() {
        html.push_str(&format!("<h{} id=\"{}\">", section.level, section.id));
        html.push_str(&show(&section.heading()));
        html.push_str(&show(&section.content));
    }
    html.push_str(&show(&body.footnotes));
    let document = scraper::Html::parse_fragment(&html);
    let mut ids = std::collections::BTreeSet::new();
    for node in document.root_element().descendent_elements() {
        let element = node.value();
        assert!(!matches!(element.name(), "script" | "style" | "iframe" | "object" | "input"), "{html}");
        if let Some(id) = element.id() {
            assert!(ids.insert(id.to_owned()), "{id} twice in {html}");
            assert!(known.anchors.contains(id), "{id} unknown in {html}");
        }
        for (name, value) in element.attrs() {
            assert!(!name.starts_with("on") && name != "style", "{html}");
            assert!(!matches!(name, "href" | "src") || value.starts_with(['[', '#']), "{html}");
        }
    }
    assert!(!html.contains(|c: char| c.is_control() && c != '\n' && c != '\t'), "{html:?}");
    assert!(body.links.iter().all(|link| !super::allowed::is_dangerous(&link.target)), "{:?}", body.links);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_sound(text in "\\PC{0,80}") {
        check_sound(&text, &MarkdownOptions::default());
    }

    #[test]
    fn any_markup_is_sound(parts in proptest::collection::vec(proptest::sample::select(&[
        "# ", "## ", "### ", "a", "é ", " ", "\n", "\n\n", "\r\n", "> ", "- ", "1. ", "- [x] ", "**", "*", "`", "```\n", "~~",
        "[a](b)", "[", "](", ")", "![i](j \"k\")", "[^1]", "\n\n[^1]: n", "{#a}", "| a | b |\n|---|---|\n| c |", "> [!NOTE]\n",
        "<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "<a href=x>", "</a>", "<a href='javascript:x'>", "<script>", "</script>",
        "<style>", "<!--", "-->", "<table>", "<tr>", "<td>", "</table>", "<svg>", "<math>", "<mtext>", "<title>", "<textarea>",
        "<img src=x onerror=y>", "<details>", "</details>", "<summary>", "<li>", "<h1>", "</h1>", "<x y=\"", "\">", "&lt;", "&#0;",
        "\u{0}", "\u{FDD0}a0\u{FDD1}", "<br/>", "    ", "\t", ": d", "Jour 1 : ", "🎯 ", "<code>", "</code>", "javascript:", "<select>",
        "<noscript>", "<template>", "<iframe>", "<![CDATA[", "]]>", "<?x", "\\", "<pre>", "</pre>", "id=a", "<i id=a>",
    ][..]), 0..40)) {
        let text = parts.concat();
        check_sound(&text, &MarkdownOptions { typography: Typography::French, title: Some("a"), ..MarkdownOptions::default() });
        parse_prose(&text, options(Typography::French));
        parse_inline(&text, options(Typography::French));
        parse_with(&text, &MarkdownOptions { raw_html: RawHtml::Allow, ..MarkdownOptions::default() });
    }
}

#[test]
fn cells_beyond_the_last_column_are_told() {
    let found = |text: &str| -> Vec<(String, String)> {
        let checked = parse_body(&ContentPath::new("x.md"), text, 0, &MarkdownOptions::default());
        let told = checked.diagnostics.iter().filter(|one| one.code == Code::ExtraCell);
        told.map(|one| {
            let Place::Span(span) = one.primary.place.clone() else { panic!("a span") };
            (one.args[0].1.clone(), text[span].to_owned())
        })
        .collect()
    };
    let table = |row: &str| format!("> | a | b |\n> |---|---|\n> {row}\n");
    for row in ["| 1 | 2 |", "1 | 2", "| 1 |", "| 1 \\| x | 2 |", "| 1 | 2 | |", "| 1 | 2 | | |", "|", "| `\\|` | é |"]
    {
        assert_eq!(found(&table(row)), [], "{row}");
    }
    for (row, text, shown) in [
        ("| 1 | 2 | é |", "é", "é |"),
        ("1 | 2 | 3", "3", "3"),
        ("| 1 | 2 | | **4** | 5 |", "**4** | 5", "**4** | 5 |"),
        ("| `a|b` | 2 |", "2", "2 |"),
        ("| 1 | 2 \\\\| 3 |", "3", "3 |"),
    ] {
        assert_eq!(found(&table(row)), [(text.to_owned(), shown.to_owned())], "{row}");
    }
}
