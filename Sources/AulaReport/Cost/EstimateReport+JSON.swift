import AulaCost
package import AulaModel
import Foundation

extension EstimateReport {
    /// For programs: amounts are texts, so that they stay decimals.
    package var data: JSON {
        var value: JSON = [
            "format_version": .int(ReportFormat.version),
            "cohort": .string(estimate.cohort),
            "currency": .string(estimate.currency),
            "hours_per_month": .string(Numbers.exact(Estimate.hoursPerMonth)),
            "lines": .array(estimate.lines.map(line)),
            "total_monthly_cost": .string(Numbers.exact(estimate.perMonth)),
            "is_complete": .bool(estimate.missing.isEmpty),
            "is_over_budget": .bool(estimate.isOverBudget),
            "missing": .array(estimate.missing.map { .string($0.item) }),
            "groups": .array(estimate.shares.map(share)),
            "not_estimated": .array(estimate.notEstimated.map { .string($0) }),
            "remarks": .array(estimate.remarks.map { .string($0) }),
            "savings": .array(estimate.levers.map(lever)),
        ]
        if let region = estimate.region { value["region"] = .string(region) }
        if let total = estimate.forTerm { value["total_term_cost"] = .string(Numbers.exact(total)) }
        if let term = estimate.term {
            value["term"] = [
                "start": .string(term.range.from.description), "end": .string(term.range.to.description),
                "hours": .string(Numbers.exact(term.hours)),
                "running_hours": .string(Numbers.exact(term.runningHours)),
            ]
        }
        if let budget = estimate.budget {
            value["budget"] = [
                "amount": .string(Numbers.exact(budget.money.amount)), "currency": .string(budget.money.currency),
                "enforce": .bool(budget.enforce),
            ]
        }
        if let overrun = estimate.overrun { value["over_budget_by"] = .string(Numbers.exact(overrun)) }
        return value
    }

    private func line(_ line: EstimateLine) -> JSON {
        var value: JSON = [
            "kind": .string(line.kind.rawValue), "name": .string(line.name), "item": .string(line.item),
            "count": .int(line.count),
        ]
        if let group = line.group { value["group"] = .string(group) }
        if let hours = line.hours { value["term_hours"] = .string(Numbers.exact(hours)) }
        if let cost = line.perMonth { value["monthly_cost"] = .string(Numbers.exact(cost)) }
        if let cost = line.forTerm { value["term_cost"] = .string(Numbers.exact(cost)) }
        if let price = line.price {
            value["price"] = [
                "amount": .string(Numbers.exact(price.money.amount)), "unit": .string(price.unit.rawValue),
                "region": .string(price.region), "date": .string(price.source.date.description),
                "source": .string(price.source.text), "confirmed": .bool(price.source.isConfirmed),
            ]
        }
        return value
    }

    private func share(_ share: Estimate.Share) -> JSON {
        var value: JSON = [
            "group": .string(share.group), "monthly_cost": .string(Numbers.exact(share.perMonth)),
        ]
        if let term = share.forTerm { value["term_cost"] = .string(Numbers.exact(term)) }
        return value
    }

    private func lever(_ lever: Lever) -> JSON {
        var value: JSON = ["change": .string(lever.change)]
        if let saving = lever.saving { value["saving"] = .string(Numbers.exact(saving)) }
        if let remark = lever.remark { value["remark"] = .string(remark) }
        if let replaces = lever.replacesCluster { value["replaces_cluster"] = .bool(replaces) }
        return value
    }
}

extension Numbers {
    /// Up to ten decimals, which is far below a cent; division would give 38.
    static func exact(_ number: Decimal) -> String {
        var value = number
        var rounded = Decimal()
        NSDecimalRound(&rounded, &value, 10, .plain)
        return NSDecimalNumber(decimal: rounded).stringValue
    }
}
