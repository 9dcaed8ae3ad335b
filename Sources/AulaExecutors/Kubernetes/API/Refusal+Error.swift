import AulaEngine
import AulaModel

extension Refusal {
    /// The refusal in words for the user: the address, the server's own sentence, the next step.
    func error(on address: Address, scrubbing secrets: Secrets = Secrets()) -> ExecutionError {
        ExecutionError("\(address): \(sentence(hiding: secrets))", hint: hint, retry: retry)
    }

    /// The server's sentence.
    ///
    /// Of a Secret that it did not accept only the fields are named: it may quote values,
    /// also in parts.
    private func sentence(hiding secrets: Secrets) -> String {
        guard secrets.areWholeBody, status == 400 || status == 422 || status >= 500, !isTemporary else {
            return secrets.scrub(message)
        }
        let fields = causes.map(\.field).filter { !$0.isEmpty }
        let place = fields.isEmpty ? "" : ", at " + fields.joined(separator: ", ")
        return "the server refused it (\(status) \(reason.isEmpty ? "Error" : reason)\(place))"
    }

    private var hint: String? {
        switch status {
        case _ where isOtherIdentity: "somebody replaced it since it was read; run aula again"
        case 401: "the cluster does not accept these credentials; log in again, then run aula again"
        case 403 where message.contains("exceeded quota"):
            "raise the environment's quota in the cohort file, or ask for less"
        case 403 where isTerminatingNamespace: "wait until the namespace is gone, then run aula again"
        case 403: "ask whoever runs the cluster for this right, then run aula again"
        case 409 where isFieldConflict: "run aula again: the plan will show whose it is"
        case 422: "correct the template or the cohort file, then run aula again"
        case _ where isSchemaError: "correct the template: the cluster does not know this field"
        case _ where isTemporary: "the cluster is busy or unwell; run aula again later"
        default: nil
        }
    }
}
