import Foundation

/// GitLab's two forms of time: instants with milliseconds, and days.
enum GitLabTime {
    static func text(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    static func day(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle().year().month().day())
    }

    static func date(ofDay day: String) -> Date? {
        try? Date(day, strategy: Date.ISO8601FormatStyle().year().month().day())
    }

    /// The form of HTTP's headers: `Wed, 18 Nov 2026 12:26:40 GMT`.
    static func httpDate(_ text: String) -> Date? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = .gmt
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.date(from: text)
    }

    /// A time as clients send it: an instant with or without fractions, or a day.
    static func date(_ text: String) -> Date? {
        (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
            ?? (try? Date(text, strategy: .iso8601)) ?? date(ofDay: text)
    }
}
