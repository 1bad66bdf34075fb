output "policies" {
  description = "The policy of each role as JSON, as it stands in the plan."
  value = merge(
    { for name, role in module.role : name => role.policy },
    { clock = module.clock.policy, long = module.long_role.policy },
  )
}

output "upload_url" {
  description = "Where presigned uploads are asked for; null without that function."
  value       = one(aws_lambda_function_url.upload[*].function_url)
}
