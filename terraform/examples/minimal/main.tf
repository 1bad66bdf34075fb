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

# Facts over SQS, workers in a public network that lets nobody in: next to nothing to pay while nothing lands.
module "answerprint" {
  source = "../.."

  prefix     = var.prefix
  account_id = var.account_id
  region     = var.region
  images     = var.images
  emails     = var.emails
}
