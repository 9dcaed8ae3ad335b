import Foundation

/// A time rule of five fields: minute, hour, day, month, weekday.
struct CronExpression {
    private let minutes: Set<Int>
    private let hours: Set<Int>
    private let days: Set<Int>
    private let months: Set<Int>
    private let weekdays: Set<Int>
    /// Cron's odd rule: when both day and weekday are given, either is enough.
    private let eitherDay: Bool

    /// Nil for text that is no rule.
    init?(_ text: String) {
        let fields = text.split(separator: " ").map(String.init)
        guard fields.count == 5, let minutes = Self.values(fields[0], 0...59),
            let hours = Self.values(fields[1], 0...23),
            let days = Self.values(fields[2], 1...31),
            let months = Self.values(fields[3], 1...12, names: Self.monthNames),
            let weekdays = Self.values(fields[4], 0...7, names: Self.weekdayNames)
        else { return nil }
        self.minutes = minutes
        self.hours = hours
        self.days = days
        self.months = months
        self.weekdays = Set(weekdays.map { $0 % 7 })
        eitherDay = fields[2] != "*" && fields[4] != "*"
    }

    private static let monthNames = [
        "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    private static func values(_ field: String, _ range: ClosedRange<Int>, names: [String] = []) -> Set<Int>? {
        var found: Set<Int> = []
        for part in field.lowercased().split(separator: ",", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard (1...2).contains(pieces.count) else { return nil }
            let step = pieces.count == 2 ? Int(pieces[1]) : 1
            guard let step, step > 0 else { return nil }
            let ends =
                pieces[0] == "*"
                ? [range.lowerBound, range.upperBound]
                : pieces[0].split(separator: "-", omittingEmptySubsequences: false)
                    .compactMap { Int($0) ?? names.firstIndex(of: String($0)) }
            let written = pieces[0] == "*" ? 2 : pieces[0].split(separator: "-", omittingEmptySubsequences: false).count
            guard let low = ends.first, let high = ends.last, ends.count == written, written <= 2, low <= high,
                range.contains(low), range.contains(high)
            else { return nil }
            found.formUnion(
                stride(from: low, through: pieces.count == 2 && written == 1 ? range.upperBound : high, by: step))
        }
        return found
    }

    /// The first time after a date, at most four years on; nil for a rule that never comes, such as 30 February.
    func next(after date: Date, timezone: String) -> Date? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: timezone) ?? .gmt
        for offset in 0...1_462 {
            guard let day = calendar.date(byAdding: .day, value: offset, to: calendar.startOfDay(for: date)) else {
                return nil
            }
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: day)
            let onDay = days.contains(parts.day ?? 0)
            let onWeekday = weekdays.contains((parts.weekday ?? 1) - 1)
            guard months.contains(parts.month ?? 0), eitherDay ? onDay || onWeekday : onDay && onWeekday else {
                continue
            }
            for hour in hours.sorted() {
                for minute in minutes.sorted() {
                    var moment = parts
                    moment.weekday = nil
                    moment.hour = hour
                    moment.minute = minute
                    if let found = calendar.date(from: moment), found > date { return found }
                }
            }
        }
        return nil
    }
}
