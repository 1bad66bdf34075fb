output "policies" {
  description = "The policies of the worker and of its machine as JSON, as they stand in the plan."
  value       = { worker = module.role.policy, host = module.host.policy }
}
