output "buckets" {
  description = "Names of the buckets: land videos in in, fetch results from out."
  value       = module.storage.buckets
}

output "repositories" {
  description = "Where to push the images cpu and gpu."
  value       = module.storage.repositories
}

output "idle_usd_per_month" {
  description = "What a month costs in which nothing lands, by part, without free tiers and without what is kept in the buckets."
  value       = { for part, usd in merge(local.idle, { total = sum(values(local.idle)) }) : part => floor(usd * 100 + 0.5) / 100 }
}

output "gpu_usd_per_second" {
  description = "What a second of the dearest configured worker costs; estimates and maxCost reckon with on_demand."
  value       = local.gpu_usd_per_second
}

output "encoder" {
  description = "What segments are encoded with."
  value       = local.encoder
}

output "policies" {
  description = "The policy of every role as JSON."
  value       = merge(try(module.functions[0].policies, {}), try(module.gpu[0].policies, {}))
}

output "environment" {
  description = "Variables that functions, jobs and workers read."
  value       = local.environment
}

output "upload_url" {
  description = "Where presigned uploads are asked for, with signed requests; null without upload_door."
  value       = try(module.functions[0].upload_url, null)
}
