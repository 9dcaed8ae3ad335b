import AulaModel
import AulaPlanner
import AulaYAML

/// Reads one file of prices, disk tiers or node sizes.
struct PriceFileReader: TreeReading {
    struct Content {
        var prices: [(Price, SourcePosition)] = []
        var tiers: [DiskTiers.Tier] = []
        var nodeSizes: [NodeSize] = []
    }

    var findings = Findings(in: "a price book")

    mutating func read(_ file: SourceFile) -> Content {
        let (root, unreadable) = YAML.document(in: file)
        for diagnostic in unreadable { findings.report(diagnostic) }
        let keys = ["currency", "tiers", "sources", "prices", "nodeSizes"]
        guard let root, let fields = fields(of: root, at: "", keys: keys) else { return Content() }
        var content = Content()
        let sources = sources(in: fields)
        let currency = text("currency", in: fields)
        for (index, entry) in (items("prices", in: fields) ?? []).enumerated() {
            guard let currency else {
                missing("currency", in: fields, hint: "write currency: USD")
                break
            }
            content.prices += prices(entry, at: "prices[\(index)]", in: currency, sources)
        }
        content.tiers = tiers(in: fields)
        content.nodeSizes = nodeSizes(in: fields)
        return content
    }

    /// The entries of a mapping from names to anything.
    private mutating func entries(_ key: String, in fields: Fields) -> [YAMLEntry] {
        fields[key].flatMap { self.fields(of: $0, at: fields.path(to: key)) }?.entries ?? []
    }

    private mutating func sources(in root: Fields) -> [String: PriceSource] {
        var sources: [String: PriceSource] = [:]
        for entry in entries("sources", in: root) {
            let path = "sources.\(entry.key)"
            guard let fields = fields(of: entry.node, at: path, keys: ["date", "text", "confirmed"]) else { continue }
            let isConfirmed = flag("confirmed", in: fields) ?? true
            let words = required("text", in: fields) { $0.text($1, $2) }
            let date = required("date", in: fields) { $0.day($1, $2) }
            guard let words, let date else { continue }
            sources[entry.key] = PriceSource(text: words, date: date, isConfirmed: isConfirmed)
        }
        return sources
    }

    private mutating func prices(
        _ node: YAMLNode, at path: String, in currency: String, _ sources: [String: PriceSource]
    ) -> [(Price, SourcePosition)] {
        guard let fields = fields(of: node, at: path, keys: ["item", "unit", "source", "amounts"]) else { return [] }
        let item = required("item", in: fields) { $0.text($1, $2) }
        let unit = required("unit", in: fields) { $0.choice($1, $2, Price.Unit.self) }
        let name = required("source", in: fields) { $0.text($1, $2) }
        if let name, sources[name] == nil {
            let hint = Spelling.hint(for: name, listing: sources.keys)
            error(
                "the source \(quoted(name)) is not listed under `sources`", at: fields.position(of: "source"),
                hint: hint)
        }
        var prices: [(Price, SourcePosition)] = []
        for entry in entries("amounts", in: fields) {
            guard let amount = amount(entry.node, "\(path).amounts.\(entry.key)"), let item, let unit,
                let source = name.flatMap({ sources[$0] })
            else { continue }
            let money = Money(amount, currency)
            let price = Price(item: item, region: entry.key, unit: unit, money: money, source: source)
            prices.append((price, entry.position))
        }
        return prices
    }

    private mutating func tiers(in root: Fields) -> [DiskTiers.Tier] {
        entries("tiers", in: root).compactMap { entry in
            guard let number = Scalar.whole(entry.key) else {
                error(
                    "\(quoted(entry.key)) is no disk tier: write its number and its GiB, such as 10: 128",
                    at: entry.position)
                return nil
            }
            return self.number(entry.node, "tiers.\(entry.key)", 1...1_000_000).map {
                DiskTiers.Tier(number: number, size: $0)
            }
        }
    }

    private mutating func nodeSizes(in root: Fields) -> [NodeSize] {
        let keys = ["vcpu", "memory", "dataDisks", "maxPods", "reserved", "ephemeralOSDisk"]
        return entries("nodeSizes", in: root).compactMap { entry in
            guard let fields = fields(of: entry.node, at: "nodeSizes.\(entry.key)", keys: keys) else { return nil }
            func count(_ key: String, _ reader: inout PriceFileReader) -> Int? {
                reader.required(key, in: fields) { $0.number($1, $2, 0...1_000_000) }
            }
            let (vcpu, memory) = (count("vcpu", &self), count("memory", &self))
            let (disks, pods) = (count("dataDisks", &self), count("maxPods", &self))
            let reserved = fields["reserved"].flatMap {
                self.fields(of: $0, at: fields.path(to: "reserved"), keys: ["cpu", "memory"])
            }
            let reservedCPU = quantity("cpu", in: reserved, unit: "1m")
            let reservedMemory = quantity("memory", in: reserved, unit: "1Mi")
            let osDisk = number("ephemeralOSDisk", in: fields, 0...1_000_000) ?? 0
            guard let vcpu, let memory, let disks, let pods else { return nil }
            return NodeSize(
                name: entry.key, vcpu: vcpu, memory: memory * 1024, dataDisks: disks, maxPods: pods,
                reservedCPU: reservedCPU, reservedMemory: reservedMemory, ephemeralOSDisk: osDisk)
        }
    }

    /// A quantity in whole units, rounded up; 0 where there is none.
    private mutating func quantity(_ key: String, in fields: Fields?, unit: String) -> Int {
        guard let fields, let node = fields[key], let unit = Quantity(unit) else { return 0 }
        guard let quantity = node.text.flatMap({ Quantity($0) }) else {
            mistyped(node, fields.path(to: key), expected: "a quantity such as 100m or 1124Mi")
            return 0
        }
        return quantity.roundedUp(to: unit)
    }

    /// A value that must be there.
    private mutating func required<Value>(
        _ key: String, in fields: Fields, _ read: (inout PriceFileReader, YAMLNode, String) -> Value?
    ) -> Value? {
        guard let node = fields[key] else {
            missing(key, in: fields)
            return nil
        }
        return read(&self, node, fields.path(to: key))
    }
}
