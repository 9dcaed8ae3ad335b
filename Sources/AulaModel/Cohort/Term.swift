package import Foundation

/// A day of the calendar, without a time.
package struct Day: Hashable, Sendable, Comparable, CustomStringConvertible {
    package var year: Int
    package var month: Int
    package var day: Int

    /// Nil for a day that does not exist, such as 30 February.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.length(of: month, in: year)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    private static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The day so many days later; the last one that there is where the calendar ends.
    package func adding(days: Int) -> Day {
        var later = self
        for _ in 0..<max(0, days) {
            if later.day < Day.length(of: later.month, in: later.year) {
                later.day += 1
            } else if later.month < 12 {
                (later.month, later.day) = (later.month + 1, 1)
            } else if later.year < 9999 {
                (later.year, later.month, later.day) = (later.year + 1, 1, 1)
            }
        }
        return later
    }

    package static func < (left: Day, right: Day) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// ISO 8601: `2020-12-07`.
    package var description: String {
        func padded(_ number: Int, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Local midnight at the day's beginning.
    package func start(in timeZone: TimeZone) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let components = DateComponents(year: year, month: month, day: day)
        return calendar.date(from: components).map { calendar.startOfDay(for: $0) } ?? .distantPast
    }
}

/// From the beginning of one day (inclusive) to the beginning of another (exclusive).
package struct DayRange: Hashable, Sendable {
    package var from: Day
    package var to: Day

    package init(from: Day, to: Day) {
        self.from = from
        self.to = to
    }

    package func hours(in timeZone: TimeZone) -> Decimal {
        let seconds = to.start(in: timeZone).timeIntervalSince(from.start(in: timeZone))
        return Decimal(Int(seconds)) / 3600
    }
}

/// When the course runs, and when its cluster rests.
package struct Term: Hashable, Sendable {
    package struct Pause: Hashable, Sendable {
        package var range: DayRange
        package var reason: String?

        package init(range: DayRange, reason: String? = nil) {
            self.range = range
            self.reason = reason
        }
    }

    package var range: DayRange
    /// An IANA name that the system knows, such as `America/Argentina/Buenos_Aires`.
    package var timeZone: TimeZone
    /// Inside the term, in order, without overlap: the cluster is stopped.
    package var pauses: [Pause]

    package init(range: DayRange, timeZone: TimeZone, pauses: [Pause] = []) {
        self.range = range
        self.timeZone = timeZone
        self.pauses = pauses
    }

    /// Hours from start to end: what disks and addresses are billed for.
    package var hours: Decimal { range.hours(in: timeZone) }

    /// Hours in which nodes run: the term without its pauses.
    package var runningHours: Decimal {
        pauses.reduce(hours) { $0 - $1.range.hours(in: timeZone) }
    }
}

/// The money for the whole term.
package struct Budget: Hashable, Sendable {
    package var money: Money
    /// Whether `apply` refuses when the estimate is over it.
    package var enforce: Bool

    package init(_ money: Money, enforce: Bool = false) {
        self.money = money
        self.enforce = enforce
    }
}
