output "queue" {
  description = "Name of the job queue for workers."
  value       = aws_batch_job_queue.this.name
}

output "job" {
  description = "Name of the worker's job definition."
  value       = aws_batch_job_definition.worker.name
}

output "policies" {
  description = "The policies of the worker and of its machine as JSON, as they stand in the plan."
  value       = { worker = module.role.policy, host = module.host.policy }
}
