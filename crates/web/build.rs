//! Builds what the pages load (styles, script, font, icons) with Node and writes it into the program.
//!
//! Node's packages are installed once under the target folder, for all profiles. Packagers without Node give a folder
//! built before in `LUOTSI_WEB_DIST`.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() {
    println!("cargo:rerun-if-changed=front");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=LUOTSI_WEB_DIST");

    if let Err(error) = build() {
        eprintln!("\n{error}\n");
        std::process::exit(1);
    }
}

fn build() -> Outcome<()> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let built = match env::var_os("LUOTSI_WEB_DIST") {
        Some(folder) => fs::canonicalize(&folder)
            .map_err(|error| format!("LUOTSI_WEB_DIST={}: {error}", folder.to_string_lossy()))?,
        None => build_with_node(&out)?,
    };
    fs::write(out.join("assets.rs"), table(&built)?)?;
    Ok(())
}

fn build_with_node(out: &Path) -> Outcome<PathBuf> {
    let front = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("front");
    let packages = install_packages(&front, &target_folder(out)?.join("web"))?;
    let dist = out.join("dist");
    run(Command::new("node").arg(front.join("build.mjs")).arg(packages).arg(&dist))?;
    Ok(dist)
}

/// `target/debug/build/luotsi-web-0123/out` lies four folders below the target folder.
fn target_folder(out: &Path) -> Outcome<PathBuf> {
    Ok(out.ancestors().nth(4).ok_or("the build folder has no target folder above it")?.to_owned())
}

/// Installs what the lock file names, unless that was done already. Two builds at once take turns.
fn install_packages(front: &Path, packages: &Path) -> Outcome<PathBuf> {
    fs::create_dir_all(packages)?;
    let turn = fs::File::create(packages.join("turn"))?;
    turn.lock()?;

    let wanted = fs::read_to_string(front.join("package-lock.json"))?;
    let installed = packages.join("installed.json");
    if fs::read_to_string(&installed).is_ok_and(|lock| lock == wanted) {
        return Ok(packages.to_owned());
    }
    for name in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(front.join(name), packages.join(name))?;
    }
    run(Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(packages))?;
    fs::write(installed, wanted)?;
    Ok(packages.to_owned())
}

fn run(command: &mut Command) -> Outcome<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| match error.kind() == io::ErrorKind::NotFound {
        true => format!(
            "Building the pages needs Node 20 or later with npm, and `{name}` was not found: install Node, or set \
             LUOTSI_WEB_DIST to a folder with the pages' files built before."
        ),
        false => format!("`{name}` could not be run: {error}"),
    })?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!(
            "`{name}` could not build the pages' files:\n{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
        .into()),
    }
}

/// The Rust source of the table of files. `style-1A2B3C4D.css` is asked for by the pages as `style.css`.
fn table(built: &Path) -> Outcome<String> {
    let mut names = fs::read_dir(built)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<io::Result<Vec<_>>>()?;
    names.sort();

    let mut source = String::from("static FILES: &[File] = &[\n");
    for path in names.iter().filter(|name| !name.ends_with(".gz") && !name.ends_with(".br")) {
        let (name, _) = path.rsplit_once('-').ok_or_else(|| format!("{path} has no hash in its name"))?;
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        writeln!(source, "    File {{ name: \"{name}.{extension}\", path: \"{path}\",")?;
        writeln!(source, "        plain: include_bytes!({:?}),", built.join(path))?;
        for (field, suffix) in [("gzip", "gz"), ("brotli", "br")] {
            let packed = format!("{path}.{suffix}");
            match names.contains(&packed) {
                true => writeln!(source, "        {field}: Some(include_bytes!({:?})),", built.join(packed))?,
                false => writeln!(source, "        {field}: None,")?,
            }
        }
        writeln!(source, "    }},")?;
    }
    source.push_str("];\n");
    Ok(source)
}
