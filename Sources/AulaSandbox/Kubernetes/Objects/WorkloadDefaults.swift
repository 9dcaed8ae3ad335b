import AulaModel

/// The defaults of what makes pods.
enum WorkloadDefaults {
    static func fill(_ object: inout JSON, _ kind: Kind) {
        switch kind.id {
        case "deployments.apps":
            template(&object)
            object.setDefault(["spec", "replicas"], 1)
            object.setDefault(["spec", "revisionHistoryLimit"], 10)
            object.setDefault(["spec", "progressDeadlineSeconds"], 600)
            object.setDefault(["spec", "strategy", "type"], "RollingUpdate")
            if object[["spec", "strategy", "type"]] == "RollingUpdate" {
                object.setDefault(["spec", "strategy", "rollingUpdate", "maxUnavailable"], "25%")
                object.setDefault(["spec", "strategy", "rollingUpdate", "maxSurge"], "25%")
            }
        case "replicasets.apps", "replicationcontrollers":
            template(&object)
            object.setDefault(["spec", "replicas"], 1)
            if kind.id == "replicationcontrollers", let labels = object[["spec", "template", "metadata", "labels"]] {
                object.setDefault(["spec", "selector"], labels)
            }
        case "statefulsets.apps": statefulSet(&object)
        case "daemonsets.apps":
            template(&object)
            object.setDefault(["spec", "revisionHistoryLimit"], 10)
            object.setDefault(["spec", "updateStrategy", "type"], "RollingUpdate")
            if object[["spec", "updateStrategy", "type"]] == "RollingUpdate" {
                object.setDefault(["spec", "updateStrategy", "rollingUpdate", "maxUnavailable"], 1)
                object.setDefault(["spec", "updateStrategy", "rollingUpdate", "maxSurge"], 0)
            }
        case "jobs.batch":
            job(&object, at: ["spec"])
            jobSelector(&object)
        case "cronjobs.batch":
            job(&object, at: ["spec", "jobTemplate", "spec"])
            object.setDefault(["spec", "concurrencyPolicy"], "Allow")
            object.setDefault(["spec", "suspend"], false)
            object.setDefault(["spec", "successfulJobsHistoryLimit"], 3)
            object.setDefault(["spec", "failedJobsHistoryLimit"], 1)
        default: break
        }
    }

    private static func template(_ object: inout JSON, at path: [String] = ["spec"]) {
        PodDefaults.fill(&object, at: path + ["template", "spec"])
    }

    private static func statefulSet(_ object: inout JSON) {
        template(&object)
        object.setDefault(["spec", "replicas"], 1)
        object.setDefault(["spec", "revisionHistoryLimit"], 10)
        object.setDefault(["spec", "podManagementPolicy"], "OrderedReady")
        object.setDefault(["spec", "updateStrategy", "type"], "RollingUpdate")
        if object[["spec", "updateStrategy", "type"]] == "RollingUpdate" {
            object.setDefault(["spec", "updateStrategy", "rollingUpdate", "partition"], 0)
        }
        object.setDefault(["spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted"], "Retain")
        object.setDefault(["spec", "persistentVolumeClaimRetentionPolicy", "whenScaled"], "Retain")
        object.editItems(["spec", "volumeClaimTemplates"]) { claim in
            claim.setDefault(["apiVersion"], "v1")
            claim.setDefault(["kind"], "PersistentVolumeClaim")
            claim.setDefault(["spec", "volumeMode"], "Filesystem")
            claim.setDefault(["status", "phase"], "Pending")
        }
    }

    private static func job(_ object: inout JSON, at path: [String]) {
        template(&object, at: path)
        object.setDefault(path + ["backoffLimit"], 6)
        object.setDefault(path + ["completionMode"], "NonIndexed")
        object.setDefault(path + ["suspend"], false)
        object.setDefault(path + ["podReplacementPolicy"], "TerminatingOrFailed")
        if object[path + ["completions"]] == nil, object[path + ["parallelism"]] == nil {
            object[path + ["completions"]] = 1
        }
        object.setDefault(path + ["parallelism"], 1)
    }

    /// A job's pods are its own by its uid, unless the writer brings a selector.
    private static func jobSelector(_ object: inout JSON) {
        guard object[["spec", "selector"]] == nil, !object.uid.isEmpty else { return }
        let uid = JSON.string(object.uid)
        let name = JSON.string(object.name)
        object[["spec", "selector", "matchLabels", "batch.kubernetes.io/controller-uid"]] = uid
        for (label, value) in [
            ("batch.kubernetes.io/controller-uid", uid), ("controller-uid", uid),
            ("batch.kubernetes.io/job-name", name), ("job-name", name),
        ] {
            object[["spec", "template", "metadata", "labels", label]] = value
        }
    }
}
