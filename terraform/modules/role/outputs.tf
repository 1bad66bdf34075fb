output "arn" {
  description = "The role, known once its policies are in place."
  value       = aws_iam_role.this.arn
  depends_on  = [aws_iam_role_policy.this, aws_iam_role_policy_attachment.this]
}

output "name" {
  description = "The role's name."
  value       = aws_iam_role.this.name
}

output "policy" {
  description = "Its policy as JSON, as it stands in the plan."
  value       = one(aws_iam_role_policy.this[*].policy)
}
