//! Notes are Markdown, shown as far as it is harmless: what somebody wrote as HTML is shown as text, pictures are their
//! words, and links lead to web pages and mail only. An address that was pasted as it is, of a page or of mail, is a link.

use crate::markup::{Escaped, Markup};
use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream};
use std::fmt::Write;

pub fn note(text: &str) -> Markup {
    let mut markup = String::with_capacity(text.len() * 2);
    // What is within a link, or code, leads nowhere else.
    let mut is_plain = true;
    for event in TextMergeStream::new(Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH)) {
        match event {
            Event::Start(tag) => {
                is_plain &= !matches!(tag, Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_));
                open(&mut markup, &tag);
            }
            Event::End(tag) => {
                is_plain |= matches!(tag, TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock);
                markup.push_str(close(tag));
            }
            Event::Text(text) if is_plain => write_linked(&mut markup, &text),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => write(&mut markup, &text),
            Event::Code(text) => {
                markup.push_str("<code>");
                write(&mut markup, &text);
                markup.push_str("</code>");
            }
            // People press Enter where they mean a new line.
            Event::SoftBreak | Event::HardBreak => markup.push_str("<br>"),
            Event::Rule => markup.push_str("<hr>"),
            // Never told of: they are options that are off.
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }
    Markup(markup)
}

fn open(markup: &mut String, tag: &Tag<'_>) {
    match tag {
        Tag::Paragraph => markup.push_str("<p>"),
        // A note does not break into the page's own headings.
        Tag::Heading { .. } => markup.push_str("<p><strong>"),
        Tag::BlockQuote(_) => markup.push_str("<blockquote>"),
        Tag::CodeBlock(_) => markup.push_str("<pre>"),
        Tag::List(None) => markup.push_str("<ul>"),
        Tag::List(Some(first)) => {
            let _ = write!(markup, "<ol start=\"{first}\">");
        }
        Tag::Item => markup.push_str("<li>"),
        Tag::Emphasis => markup.push_str("<em>"),
        Tag::Strong => markup.push_str("<strong>"),
        Tag::Strikethrough => markup.push_str("<s>"),
        Tag::Link { link_type: LinkType::Email, dest_url, .. } => open_mail(markup, dest_url),
        Tag::Link { dest_url, .. } => {
            let href = if is_harmless(dest_url) { dest_url } else { "#" };
            open_link(markup, href);
        }
        Tag::Image { .. }
        | Tag::HtmlBlock
        | Tag::FootnoteDefinition(_)
        | Tag::DefinitionList
        | Tag::DefinitionListTitle
        | Tag::DefinitionListDefinition
        | Tag::Table(_)
        | Tag::TableHead
        | Tag::TableRow
        | Tag::TableCell
        | Tag::Superscript
        | Tag::Subscript
        | Tag::MetadataBlock(_) => {}
    }
}

fn close(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph => "</p>",
        TagEnd::Heading(_) => "</strong></p>",
        TagEnd::BlockQuote(_) => "</blockquote>",
        TagEnd::CodeBlock => "</pre>",
        TagEnd::List(false) => "</ul>",
        TagEnd::List(true) => "</ol>",
        TagEnd::Item => "</li>",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Strikethrough => "</s>",
        TagEnd::Link => "</a>",
        TagEnd::Image
        | TagEnd::HtmlBlock
        | TagEnd::FootnoteDefinition
        | TagEnd::DefinitionList
        | TagEnd::DefinitionListTitle
        | TagEnd::DefinitionListDefinition
        | TagEnd::Table
        | TagEnd::TableHead
        | TagEnd::TableRow
        | TagEnd::TableCell
        | TagEnd::Superscript
        | TagEnd::Subscript
        | TagEnd::MetadataBlock(_) => "",
    }
}

fn is_harmless(address: &str) -> bool {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https" | "mailto" | "tel"))
}

fn open_link(markup: &mut String, href: &str) {
    let _ = write!(markup, "<a href=\"{}\" rel=\"noopener noreferrer\">", Escaped(href));
}

fn open_mail(markup: &mut String, address: &str) {
    open_link(markup, &format!("mailto:{address}"));
}

/// Text whose addresses of pages and of mail are links.
fn write_linked(markup: &mut String, text: &str) {
    for span in LinkFinder::new().spans(text) {
        match span.kind() {
            Some(LinkKind::Url) if is_harmless(span.as_str()) => open_link(markup, span.as_str()),
            Some(LinkKind::Email) => open_mail(markup, span.as_str()),
            _ => {
                write(markup, span.as_str());
                continue;
            }
        }
        write(markup, span.as_str());
        markup.push_str("</a>");
    }
}

fn write(markup: &mut String, text: &str) {
    let _ = write!(markup, "{}", Escaped(text));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(note(text).0.trim_end(), expected);
    }

    #[test]
    fn emphasis_lists_and_lines_are_shown() {
        check("**Hinta** *ok*\nseuraava", "<p><strong>Hinta</strong> <em>ok</em><br>seuraava</p>");
        check("- yksi\n- kaksi", "<ul><li>yksi</li><li>kaksi</li></ul>");
        check("# Palaveri", "<p><strong>Palaveri</strong></p>");
    }

    #[test]
    fn what_could_do_harm_is_text() {
        check("<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>");
        check("[x](javascript:alert(1))", "<p><a href=\"#\" rel=\"noopener noreferrer\">x</a></p>");
        check("[x](JaVaScRiPt:1)", "<p><a href=\"#\" rel=\"noopener noreferrer\">x</a></p>");
        check("![kuva](https://evil.test/p.png)", "<p>kuva</p>");
        check(
            "<https://a.test/?a=1&b=\">",
            "<p><a href=\"https://a.test/?a=1&amp;b=&quot;\" rel=\"noopener noreferrer\">https://a.test/?a=1&amp;b=&quot;</a></p>",
        );
    }

    #[test]
    fn an_address_that_was_pasted_is_a_link() {
        let link = |address: &str| format!("<a href=\"{address}\" rel=\"noopener noreferrer\">{address}</a>");
        let pasted = |address: &str| format!("<p>Ks. {}.</p>", link(address));
        check("Ks. https://a.test/hinta_2026_1.", &pasted("https://a.test/hinta_2026_1"));
        check("Ks. http://a.test.", &pasted("http://a.test"));
        check(
            "(https://a.test) https://b.test",
            &format!("<p>({}) {}</p>", link("https://a.test"), link("https://b.test")),
        );
        check("`https://a.test`", "<p><code>https://a.test</code></p>");
        check("[https://a.test](https://a.test)", &format!("<p>{}</p>", link("https://a.test")));
    }

    #[test]
    fn an_address_of_mail_is_a_link() {
        let mail = "<a href=\"mailto:liisa@a.test\" rel=\"noopener noreferrer\">liisa@a.test</a>";
        check("Liisa liisa@a.test.", &format!("<p>Liisa {mail}.</p>"));
        check("Liisa <liisa@a.test>", &format!("<p>Liisa {mail}</p>"));
        check("`liisa@a.test`", "<p><code>liisa@a.test</code></p>");
        check("liisa@toimisto", "<p>liisa@toimisto</p>");
    }

    #[test]
    fn a_script_block_is_shown_as_it_was_written() {
        assert!(!note("<script>\nalert(1)\n</script>").0.contains("<script"));
    }
}
