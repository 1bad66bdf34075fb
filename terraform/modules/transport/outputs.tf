output "queues" {
  description = "Names of the queues that there are, by what travels on them."
  value       = { for name, queue in aws_sqs_queue.this : name => queue.name }
}

output "dead" {
  description = "Names of the queues that hold dead letters."
  value       = { for name, queue in aws_sqs_queue.dead : name => queue.name }
}

output "kafka" {
  description = "The cluster: its ARN, its brokers, and NAME/ID as policies write it. All null or empty without one."
  value = {
    cluster_arn = local.cluster_arn
    brokers     = local.brokers
    cluster     = local.cluster
  }
}
