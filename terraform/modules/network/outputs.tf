output "vpc_id" {
  description = "The network."
  value       = local.vpc_id
}

output "cidr" {
  description = "Its addresses."
  value       = local.cidr
}

output "subnet_ids" {
  description = "One subnet per zone."
  value       = local.subnet_ids
}

output "workers_group_id" {
  description = "The security group of functions and workers."
  value       = aws_security_group.workers.id
}

output "endpoints" {
  description = "How many interface endpoints there are; each is paid by the hour."
  value       = length(local.endpoints)
}
