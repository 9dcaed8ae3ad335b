/// Does something with many elements at once, but not with all of them, and keeps their order.
func concurrently<Element: Sendable, Value: Sendable>(
    _ elements: [Element], width: Int = 16, _ operation: @escaping @Sendable (Element) async -> Value
) async -> [Value] {
    await withTaskGroup(of: (Int, Value).self) { group in
        var results = [Value?](repeating: nil, count: elements.count)
        var next = 0
        func startOne() {
            guard next < elements.count else { return }
            let (index, element) = (next, elements[next])
            next += 1
            group.addTask { (index, await operation(element)) }
        }
        for _ in 0..<min(width, elements.count) { startOne() }
        while let (index, value) = await group.next() {
            results[index] = value
            startOne()
        }
        return results.compactMap { $0 }
    }
}
