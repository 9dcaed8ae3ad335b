import AulaModel
