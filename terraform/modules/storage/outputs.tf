output "buckets" {
  description = "Names of the buckets by their part: in, work, out."
  value       = { for name, bucket in aws_s3_bucket.this : name => bucket.bucket }
}

output "key_arn" {
  description = "The key under which everything lies."
  value       = aws_kms_key.data.arn
}

output "repositories" {
  description = "Where to push the images: cpu and gpu."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.repository_url }
}
