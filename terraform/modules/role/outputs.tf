output "arn" {
  description = "The role; whoever asks for it waits for its policies."
  value       = "${local.arn}:iam::${var.place.account}:role/${local.name}"
  depends_on  = [aws_iam_role.this, aws_iam_role_policy.this, aws_iam_role_policy_attachment.this]
}

output "name" {
  description = "The role's name."
  value       = aws_iam_role.this.name
}

output "policy" {
  description = "Its policy as JSON, as it stands in the plan."
  value       = one(aws_iam_role_policy.this[*].policy)
}
