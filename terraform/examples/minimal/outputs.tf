output "system" {
  description = "Buckets, registries, what an idle month and a second of a worker cost."
  value = {
    buckets            = module.answerprint.buckets
    repositories       = module.answerprint.repositories
    idle_usd_per_month = module.answerprint.idle_usd_per_month
    gpu_usd_per_second = module.answerprint.gpu_usd_per_second
  }
}
