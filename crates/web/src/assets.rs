//! Styles, script, font and icons, built into the program with a hash in each name: kept for ever by browsers.

use axum::{
    body::Bytes,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// A file as built; text files also in their compressed forms.
struct File {
    name: &'static str,
    path: &'static str,
    plain: &'static [u8],
    gzip: Option<&'static [u8]>,
    brotli: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Where the pages find `style.css` and the others. A name that was not built leads nowhere, and a test sees it.
pub fn address(name: &str) -> String {
    let path = FILES.iter().find(|file| file.name == name).map_or(name, |file| file.path);
    format!("/assets/{path}")
}

pub async fn serve(Path(path): Path<String>, headers: HeaderMap) -> Response {
    match FILES.iter().find(|file| file.path == path) {
        Some(file) => answer(file, &headers),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn answer(file: &File, headers: &HeaderMap) -> Response {
    let (bytes, encoding) = match (file.brotli, file.gzip) {
        (Some(brotli), _) if accepts(headers, "br") => (brotli, Some("br")),
        (_, Some(gzip)) if accepts(headers, "gzip") => (gzip, Some("gzip")),
        (_, _) => (file.plain, None),
    };
    let mut response = Bytes::from_static(bytes).into_response();
    let answered = response.headers_mut();
    answered.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(file.path)));
    answered.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    answered.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        answered.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// Whether the browser takes this encoding; `;q=0` says no.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    accepted.split(',').any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        name.trim() == encoding && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUDGET_FIRST_LOAD: usize = 70 * 1024;
    const BUDGET_SCRIPT: usize = 25 * 1024;
    const BUDGET_STYLE: usize = 15 * 1024;
    /// What single pages only need.
    const LOADED_LATER: [&str; 4] = ["matrix.css", "matrix.js", "settings.css", "account-print.css"];
    /// What a page itself may take of the first load.
    const ROOM_FOR_THE_PAGE: usize = 11 * 1024;

    fn gzipped(name: &str) -> usize {
        let file = FILES.iter().find(|file| file.name == name).unwrap();
        file.gzip.unwrap_or(file.plain).len()
    }

    #[test]
    fn the_files_keep_to_the_browsers_budget() {
        let first = FILES.iter().filter(|file| !LOADED_LATER.contains(&file.name));
        let all: usize = first.map(|file| gzipped(file.name)).sum();

        assert!(gzipped("luotsi.js") <= BUDGET_SCRIPT);
        assert!(gzipped("style.css") <= BUDGET_STYLE);
        assert!(all + ROOM_FOR_THE_PAGE <= BUDGET_FIRST_LOAD, "{all}");
    }

    #[test]
    fn every_file_the_frame_names_was_built() {
        for name in [
            "style.css",
            "matrix.css",
            "settings.css",
            "account-print.css",
            "luotsi.js",
            "icons.svg",
            "mark.svg",
            "instrument-sans-latin-wght-normal.woff2",
        ] {
            assert_ne!(address(name), format!("/assets/{name}"));
        }
    }

    #[test]
    fn an_encoding_is_given_only_where_it_is_taken() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip, br;q=0"));

        assert!(accepts(&headers, "gzip"));
        assert!(!accepts(&headers, "br"));
        assert!(!accepts(&HeaderMap::new(), "gzip"));
    }
}
