import Mustache

extension Document {
    /// A page that stands alone: no script, nothing loaded from elsewhere, light and dark as the reader likes.
    package func html() throws -> String {
        let page: [String: Any] = ["title": PlainText.oneLine(title), "blocks": shown.map(Self.values)]
        let library = MustacheLibrary(templates: [
            "page": try MustacheTemplate(string: Self.page), "line": try MustacheTemplate(string: Self.line),
        ])
        return library.render(page, withTemplate: "page") ?? ""
    }

    /// One block under the name by which the page knows it.
    private static func values(_ block: Block) -> [String: Any] {
        switch block {
        case .heading(let line): ["heading": values(line)]
        case .paragraph(let line): ["paragraph": values(line)]
        case .list(let items): ["list": ["items": items.map(values)]]
        case .table(let grid): ["table": values(grid)]
        case .alert(let title, let items): ["alert": ["title": values(title), "items": items.map(values)]]
        case .lines(let summary, let lines):
            ["folded": ["summary": summary, "lines": lines.map { PlainText.oneLine($0) }]]
        }
    }

    private static func values(_ line: Line) -> [String: Any] {
        let pieces: [[String: Any]] = line.pieces.map { piece in
            switch piece {
            case .text(let text): ["text": PlainText.oneLine(text)]
            case .strong(let text): ["strong": PlainText.oneLine(text)]
            case .code(let text): ["code": PlainText.oneLine(text)]
            case .lineBreak: ["break": true]
            }
        }
        return ["pieces": pieces]
    }

    private static func values(_ grid: Grid) -> [String: Any] {
        let shown = grid.columns.indices.filter { grid.columns[$0].title != nil }
        func cell(_ text: String, _ column: Int) -> [String: Any] {
            ["text": PlainText.oneLine(text), "right": grid.columns[column].alignsRight]
        }
        return [
            "columns": shown.map { cell(grid.columns[$0].title ?? "", $0) },
            "rows": grid.rows.map { row in ["cells": shown.map { cell(row[$0].text, $0) }] },
        ]
    }

    /// The template escapes every text that it is given.
    private static let line = """
        {{#pieces}}{{#text}}{{text}}{{/text}}{{#strong}}<strong>{{strong}}</strong>{{/strong}}{{#code}}<code>{{code}}\
        </code>{{/code}}{{#break}}<br>{{/break}}{{/pieces}}
        """

    private static let page = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>{{title}}</title>
        <style>
        :root { color-scheme: light dark }
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
        table { border-collapse: collapse }
        td, th { border-bottom: 1px solid #8886; padding: .25rem .75rem; text-align: left }
        .right { text-align: right }
        .alert { border-left: .3rem solid #c33; padding-left: 1rem }
        pre { overflow: auto }
        </style>
        </head>
        <body>
        {{#blocks}}
        {{#heading}}<h1>{{>line}}</h1>
        {{/heading}}
        {{#paragraph}}<p>{{>line}}</p>
        {{/paragraph}}
        {{#list}}<ul>
        {{#items}}<li>{{>line}}</li>
        {{/items}}</ul>
        {{/list}}
        {{#table}}<table>
        <tr>{{#columns}}<th{{#right}} class="right"{{/right}}>{{text}}</th>{{/columns}}</tr>
        {{#rows}}<tr>{{#cells}}<td{{#right}} class="right"{{/right}}>{{text}}</td>{{/cells}}</tr>
        {{/rows}}</table>
        {{/table}}
        {{#alert}}<div class="alert">
        <p>{{#title}}{{>line}}{{/title}}</p>
        <ul>
        {{#items}}<li>{{>line}}</li>
        {{/items}}</ul>
        </div>
        {{/alert}}
        {{#folded}}<details><summary>{{summary}}</summary>
        <pre>{{#lines}}{{.}}
        {{/lines}}</pre>
        </details>
        {{/folded}}
        {{/blocks}}
        </body>
        </html>

        """
}
