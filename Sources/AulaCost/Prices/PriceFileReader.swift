import AulaModel
import AulaPlanner
import Yams

/// Reads one file of prices, disk tiers or node sizes.
struct PriceFileReader {
    struct Content {
        var prices: [(Price, SourcePosition)] = []
        var tiers: [DiskTiers.Tier] = []
        var nodeSizes: [NodeSize] = []
    }

    private let file: SourceFile
    private(set) var diagnostics: [Diagnostic] = []

    init(_ file: SourceFile) {
        self.file = file
    }

    mutating func read() -> Content {
        var content = Content()
        do {
            guard let root = try Yams.compose(yaml: file.text) else { return content }
            let fields = map(root, allowed: ["currency", "tiers", "sources", "prices", "nodeSizes"])
            let sources = readSources(fields["sources"])
            let currency = fields["currency"]?.string
            for entry in fields["prices"]?.sequence ?? [] {
                content.prices += readPrices(entry, currency: currency, sources: sources)
            }
            content.tiers = readTiers(fields["tiers"])
            content.nodeSizes = readNodeSizes(fields["nodeSizes"])
        } catch let error as YamlError {
            diagnostics.append(Diagnostic(.error, "\(file.path) is not YAML: \(error)"))
        } catch {
            diagnostics.append(Diagnostic(.error, "\(file.path) cannot be read: \(error)"))
        }
        return content
    }

    private mutating func readSources(_ node: Node?) -> [String: PriceSource] {
        var sources: [String: PriceSource] = [:]
        for (key, value) in node?.mapping ?? [:] {
            let fields = map(value, allowed: ["date", "text", "confirmed"])
            guard let name = key.string, let text = fields["text"]?.string, let date = day(fields["date"]?.string)
            else {
                report("a source needs text: and date: (a day, as 2026-08-22)", at: key)
                continue
            }
            sources[name] = PriceSource(text: text, date: date, isConfirmed: fields["confirmed"]?.bool ?? true)
        }
        return sources
    }

    private mutating func readPrices(
        _ node: Node, currency: String?, sources: [String: PriceSource]
    ) -> [(Price, SourcePosition)] {
        let fields = map(node, allowed: ["item", "unit", "source", "amounts"])
        guard let item = fields["item"]?.string, let unit = fields["unit"]?.string.flatMap(Price.Unit.init) else {
            report("a price needs item: and unit: hour, month or GB", at: node)
            return []
        }
        guard let source = fields["source"]?.string.flatMap({ sources[$0] }) else {
            report("the price of \(item) needs a source: that is listed under sources:", at: node)
            return []
        }
        guard let currency else {
            report("prices need a currency:", at: node)
            return []
        }
        var prices: [(Price, SourcePosition)] = []
        for (key, value) in fields["amounts"]?.mapping ?? [:] {
            guard let region = key.string, let amount = value.scalar.flatMap({ Money.amount($0.string) }) else {
                report("the price of \(item) is no amount: write a decimal such as \"0.0496\"", at: value)
                continue
            }
            let money = Money(amount, currency)
            prices.append((Price(item: item, region: region, unit: unit, money: money, source: source), position(key)))
        }
        return prices
    }

    private mutating func readTiers(_ node: Node?) -> [DiskTiers.Tier] {
        var tiers: [DiskTiers.Tier] = []
        for (key, value) in node?.mapping ?? [:] {
            guard let number = key.int, let size = value.int, size > 0 else {
                report("a disk tier is a number and its GiB, such as 10: 128", at: key)
                continue
            }
            tiers.append(DiskTiers.Tier(number: number, size: size))
        }
        return tiers
    }

    private mutating func readNodeSizes(_ node: Node?) -> [NodeSize] {
        var sizes: [NodeSize] = []
        for (key, value) in node?.mapping ?? [:] {
            let fields = map(
                value, allowed: ["vcpu", "memory", "dataDisks", "maxPods", "reserved", "ephemeralOSDisk"])
            let reserved = fields["reserved"].map { map($0, allowed: ["cpu", "memory"]) } ?? [:]
            guard let name = key.string, let vcpu = fields["vcpu"]?.int, let memory = fields["memory"]?.int,
                let disks = fields["dataDisks"]?.int, let pods = fields["maxPods"]?.int
            else {
                report("a node size needs vcpu:, memory: (GiB), dataDisks: and maxPods:", at: key)
                continue
            }
            sizes.append(
                NodeSize(
                    name: name, vcpu: vcpu, memory: memory * 1024, dataDisks: disks, maxPods: pods,
                    reservedCPU: whole(reserved["cpu"], "1m"), reservedMemory: whole(reserved["memory"], "1Mi"),
                    ephemeralOSDisk: fields["ephemeralOSDisk"]?.int ?? 0))
        }
        return sizes
    }

    private mutating func whole(_ node: Node?, _ unit: String) -> Int {
        guard let node else { return 0 }
        guard let text = node.scalar?.string, let quantity = Quantity(text), let unit = Quantity(unit) else {
            report("write a quantity such as 100m or 1124Mi", at: node)
            return 0
        }
        return quantity.roundedUp(to: unit)
    }
}

extension PriceFileReader {
    /// The members of a mapping by name; says which of them nobody expects.
    private mutating func map(_ node: Node, allowed: Set<String>) -> [String: Node] {
        guard let mapping = node.mapping else {
            report("this should be a mapping", at: node)
            return [:]
        }
        var fields: [String: Node] = [:]
        for (key, value) in mapping {
            let name = key.string ?? ""
            if allowed.contains(name) {
                fields[name] = value
            } else {
                report("unknown key \"\(name)\"; there are \(allowed.sorted().joined(separator: ", "))", at: key)
            }
        }
        return fields
    }

    private func day(_ text: String?) -> Day? {
        let parts = (text ?? "").split(separator: "-").compactMap { Int($0) }
        return parts.count == 3 ? Day(year: parts[0], month: parts[1], day: parts[2]) : nil
    }

    private mutating func report(_ message: String, at node: Node) {
        diagnostics.append(Diagnostic(.error, message, at: position(node)))
    }

    private func position(_ node: Node) -> SourcePosition {
        SourcePosition(file: file.path, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }
}
