# An account of zeros stands for none: then the provider asks nobody, and a plan needs neither an account nor a network.
locals {
  offline = var.account_id == "000000000000"
}

provider "aws" {
  region                      = var.region
  allowed_account_ids         = local.offline ? null : [var.account_id]
  skip_credentials_validation = local.offline
  skip_metadata_api_check     = local.offline
  skip_region_validation      = local.offline
  skip_requesting_account_id  = local.offline

  default_tags {
    tags = { system = var.prefix }
  }
}

# Facts over SQS in a network without a way out but endpoints; uploads by presigned requests, and job events posted to a web address.
module "answerprint" {
  source = "../.."

  prefix     = var.prefix
  account_id = var.account_id
  region     = var.region
  images     = var.images
  emails     = var.emails

  network        = { mode = "private", zones = ["a", "b", "c"] }
  upload_origins = ["https://upload.example.org"]
  upload_door    = { max_mb = 2000, minutes = 10 }
  webhook        = { url = "https://hooks.example.org/answerprint", secret_parameter = "/answerprint/webhook" }
  encoder        = "libx264"
  monthly_budget = 150
}
