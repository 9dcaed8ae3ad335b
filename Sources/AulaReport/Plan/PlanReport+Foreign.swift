import AulaModel

extension PlanReport {
    /// What is not aula's, and keeps the container that it is in from being deleted.
    var foreignLines: [String] {
        let (students, others) = (plan.foreign.filter(\.byDeployer), plan.foreign.filter { !$0.byDeployer })
        return othersLines(others) + (others.isEmpty || students.isEmpty ? [] : [""]) + studentsLines(students)
    }

    private func othersLines(_ foreign: [Foreign]) -> [String] {
        guard !foreign.isEmpty else { return [] }
        let containers = Dictionary(grouping: foreign, by: \.container).sorted { $0.key < $1.key }
        return [style.paint("Kept, because it is not aula's:", .warning)]
            + containers.flatMap { container, inside in
                ["  in \(PlainText.fit(PlainText.safe(container.text), room(5)))"] + list(inside, indent: 4)
            } + (billed.map { prose($0) } ?? [])
            + prose("To delete one of these containers with all that is in it, add --with-contents ADDRESS.")
    }

    /// What stays on Azure because of foreign things, and so on the bill; nil when nothing does.
    package var billed: String? {
        let staying = plan.kept.filter { $0.system == .azure }.map { PlainText.oneLine($0.text) }
        guard !staying.isEmpty else { return nil }
        return "What is not aula's keeps this on the Azure bill: \(staying.joined(separator: ", "))."
    }

    private func studentsLines(_ foreign: [Foreign]) -> [String] {
        guard !foreign.isEmpty else { return [] }
        let heading = PlainText.wrapped(
            "Made with the groups' deploy tokens, and goes with its namespace:", style.width)
        return heading.map { style.paint($0, .heading) } + list(foreign, indent: 2)
    }

    private func list(_ foreign: [Foreign], indent: Int) -> [String] {
        let lines = foreign.sorted { $0.address < $1.address }.map { thing in
            let data = thing.holdsData ? ", holds data" : ""
            return "\(PlainText.oneLine(thing.address.text)) (\(PlainText.oneLine(thing.owner))\(data))"
        }
        let first = String(repeating: " ", count: indent)
        return cut(lines).flatMap { line in
            PlainText.wrapped(line, style.width, first: first, rest: first + "  ").map {
                PlainText.fit($0, style.width)
            }
        }
    }

    private func prose(_ text: String) -> [String] {
        PlainText.wrapped(text, style.width, first: "  ", rest: "  ")
    }
}
