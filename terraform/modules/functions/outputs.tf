output "functions" {
  description = "Names of the functions."
  value       = { for name, function in aws_lambda_function.this : name => function.function_name }
}

output "policies" {
  description = "The policy of each role as JSON, as it stands in the plan."
  value = merge(
    { for name, role in module.role : name => role.policy },
    { clock = module.clock.policy, long = module.long_role.policy },
  )
}

output "long_queue" {
  description = "Name of the job queue for long films."
  value       = aws_batch_job_queue.long.name
}

output "upload_url" {
  description = "Where presigned uploads are asked for; null without that function."
  value       = one(aws_lambda_function_url.upload[*].function_url)
}
