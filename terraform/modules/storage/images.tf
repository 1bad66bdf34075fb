# Where the two images lie: a tag never changes what it names, and old images go.
resource "aws_ecr_repository" "this" {
  for_each = toset(["cpu", "gpu"])

  name                 = "${var.prefix}-${each.key}"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  for_each = aws_ecr_repository.this

  repository = each.value.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "the last five stay"
      selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 5 }
      action       = { type = "expire" }
    }]
  })
}

# Lambda pulls the image by itself; Batch pulls with a role.
resource "aws_ecr_repository_policy" "lambda" {
  repository = aws_ecr_repository.this["cpu"].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "LambdaPulls"
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Condition = { ArnLike = {
        "aws:SourceArn" = "${local.arn}:lambda:${var.place.region}:${var.place.account}:function:${var.prefix}-*"
      } }
    }]
  })
}
