//! Draws a chart: Vega-Lite itself, run by the program.
//!
//! A chart is said once, as a Vega-Lite specification. The picture in the page, the SVG in `charts/` and what a reader makes of
//! `charts/NAME.vl.json` in Python or R come from that one specification, by that one library: no second plotting code can say something
//! else. `QuickJS` runs it, a small interpreter without files, network or clock, on its own stack. It holds nothing but the bundle of `vendor/`.

use rquickjs::{CatchResultExt, Context, Function, Promise, Runtime};
use serde::Deserialize;
use serde_json::Value;

use crate::{Error, ErrorKind, Result};

/// The library, with the function `draw`.
const ENGINE: &str = include_str!("../vendor/engine.min.js");

/// The stack of the thread that draws; Vega's compiler calls deep.
const STACK: usize = 32 << 20;

/// The part of it that the interpreter may use.
const ENGINE_STACK: usize = 24 << 20;

/// The most memory it may take.
const MEMORY: usize = 1 << 30;

/// What an SVG of a chart may be made of; all else would be a fault of the library, or somebody's words read as markup.
const ELEMENTS: [&str; 11] = ["svg", "g", "path", "text", "tspan", "line", "rect", "title", "defs", "clipPath", "linearGradient"];

/// A chart that was drawn.
#[derive(Debug, Deserialize)]
pub(in crate::report::html) struct Drawing {
    /// The Vega specification that a page can run.
    pub(in crate::report::html) vega: Value,
    /// The picture.
    pub(in crate::report::html) svg: String,
}

/// Draws each specification, with the look that `config` gives it.
///
/// # Errors
/// Where one cannot be drawn: a bug of ours.
pub(in crate::report::html) fn draw(specs: &[Value], config: &Value) -> Result<Vec<Drawing>> {
    if specs.is_empty() {
        return Ok(Vec::new());
    }
    let drawn = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || run(specs, config));
        thread.map(|thread| thread.join().unwrap_or_else(|_| Err("the engine panicked".to_owned())))
    });
    let drawn = drawn.map_err(|error| Error::new(ErrorKind::Write(error)))?;
    drawn.map_err(|reason| Error::new(ErrorKind::Bug(format!("a chart cannot be drawn: {reason}"))))
}

fn run(specs: &[Value], config: &Value) -> Result<Vec<Drawing>, String> {
    let runtime = Runtime::new().map_err(|error| error.to_string())?;
    runtime.set_max_stack_size(ENGINE_STACK);
    runtime.set_memory_limit(MEMORY);
    let context = Context::full(&runtime).map_err(|error| error.to_string())?;
    context.with(|ctx| {
        ctx.eval::<(), _>(ENGINE).catch(&ctx).map_err(|error| error.to_string())?;
        let draw: Function<'_> = ctx.globals().get("draw").catch(&ctx).map_err(|error| error.to_string())?;
        let config = config.to_string();
        let one = |spec: &Value| -> Result<Drawing, String> {
            let drawn: Promise<'_> = draw.call((spec.to_string(), config.as_str())).catch(&ctx).map_err(|error| error.to_string())?;
            let json: String = drawn.finish().catch(&ctx).map_err(|error| error.to_string())?;
            let drawing: Drawing = serde_json::from_str(&json).map_err(|error| error.to_string())?;
            is_picture(&drawing.svg)?;
            Ok(drawing)
        };
        specs.iter().map(one).collect()
    })
}

/// Whether an SVG is a picture and nothing more: no script, no link, no handler, no style that a page's policy refuses.
fn is_picture(svg: &str) -> Result<(), String> {
    let document = roxmltree::Document::parse(svg).map_err(|error| error.to_string())?;
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        if !ELEMENTS.contains(&name) {
            return Err(format!("<{name}> in a picture"));
        }
        if let Some(attribute) = node.attributes().find(|it| it.name().starts_with("on") || matches!(it.name(), "href" | "style")) {
            return Err(format!("the attribute {} in a picture", attribute.name()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn bars(name: &str) -> Value {
        json!({
            "data": { "values": [{ "name": name, "quotes": 3 }, { "name": "Kim", "quotes": 5 }] },
            "mark": "bar",
            "encoding": { "y": { "field": "name", "type": "nominal" }, "x": { "field": "quotes", "type": "quantitative" } },
        })
    }

    #[test]
    fn draws_the_same_picture_every_time_and_names_are_words() {
        let specs = [bars("</text><script>alert(1)</script>"), bars("Lee")];
        let first = draw(&specs, &json!({})).unwrap();
        let second = draw(&specs, &json!({})).unwrap();
        assert_eq!(first[0].svg, second[0].svg);
        assert!(first[0].svg.contains("&lt;script&gt;") && !first[0].svg.contains("<script"), "{}", first[0].svg);
        assert!(first[1].svg.contains(">Lee</text>"));
        assert_eq!(first[1].vega["$schema"], "https://vega.github.io/schema/vega/v6.json");
    }

    #[test]
    fn a_picture_holds_no_script() {
        for svg in ["<svg><script/></svg>", "<svg onload='x'/>", "<svg><g style='x'/></svg>", "<svg>"] {
            assert!(is_picture(svg).is_err(), "{svg}");
        }
    }

    #[test]
    fn says_which_specification_is_none() {
        let error = draw(&[json!({ "mark": 3 })], &json!({})).expect_err("no specification");
        assert!(error.to_string().starts_with("internal error: a chart cannot be drawn: "), "{error}");
    }
}
