output "log_groups" {
  description = "Names of the log groups by who writes to them."
  value       = { for name, group in aws_cloudwatch_log_group.this : name => group.name }
}

output "alarms" {
  description = "How many alarms there are; each is paid by the month."
  value       = length(var.dead) + length(var.waiting) + length(var.functions)
}
