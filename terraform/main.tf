locals {
  place = { account = var.account_id, region = var.region, partition = var.partition }
  runs  = var.images != null

  nvenc   = alltrue([for type in var.gpu.instance_types : !can(regex("^p[45]", type))])
  encoder = var.encoder == "auto" ? (local.nvenc ? "h264_nvenc" : "libx264") : var.encoder

  # What all functions, jobs and workers read; names are those of the table in the project's README.
  environment = merge(
    {
      ANSWERPRINT_ENCODER           = local.encoder
      ANSWERPRINT_LONG_FILM_SECONDS = tostring(var.long_film_seconds)
      ANSWERPRINT_LONG_QUEUE        = "${var.prefix}-long"
      ANSWERPRINT_LONG_EXTRACT      = "${var.prefix}-extract"
      ANSWERPRINT_LONG_ASSEMBLE     = "${var.prefix}-assemble"
      ANSWERPRINT_PREFIX            = var.prefix
      ANSWERPRINT_PRICE_PER_SECOND  = tostring(local.gpu_usd_per_second.on_demand)
      ANSWERPRINT_REGION            = var.region
      ANSWERPRINT_TRANSPORT         = var.transport
      ANSWERPRINT_WORK_QUEUE        = "sqs"
      ANSWERPRINT_WORK_QUEUE_NAME   = "${var.prefix}-work"
      ANSWERPRINT_WORKER_GFLOPS     = tostring(local.gpu_gflops)
    },
    local.sqs ? {} : { ANSWERPRINT_KAFKA = module.transport.kafka.brokers, ANSWERPRINT_KAFKA_AUTH = "iam" },
  )

  submits_workers = {
    ANSWERPRINT_GPU_JOB           = "${var.prefix}-worker"
    ANSWERPRINT_GPU_JOBS_AT_MOST  = tostring(var.gpu.at_once)
    ANSWERPRINT_GPU_QUEUE         = "${var.prefix}-gpu"
    ANSWERPRINT_GPU_START_SECONDS = tostring(var.gpu.start_seconds)
    ANSWERPRINT_GPU_START_SHARE   = tostring(var.gpu.start_share)
  }
}

module "storage" {
  source = "./modules/storage"

  prefix            = var.prefix
  place             = local.place
  stage_roles       = local.stage_roles
  upload_origins    = var.upload_origins
  keep_takes_days   = var.keep_takes_days
  keep_uploads_days = var.keep_uploads_days
}

module "network" {
  source = "./modules/network"

  prefix   = var.prefix
  place    = local.place
  mode     = var.network.mode
  cidr     = var.network.cidr
  zones    = var.network.zones
  existing = var.network.existing
  buckets  = values(module.storage.buckets)
  kafka    = !local.sqs
}

module "transport" {
  source = "./modules/transport"

  prefix  = var.prefix
  place   = local.place
  kind    = var.transport
  queues  = local.queues
  key_arn = module.storage.key_arn
  uploads = { bucket = module.storage.buckets["in"], prefix = var.upload_prefix }
  kafka   = var.kafka
  network = { vpc_id = module.network.vpc_id, subnet_ids = module.network.subnet_ids, cidr = module.network.cidr }
}

module "observability" {
  source = "./modules/observability"

  prefix         = var.prefix
  place          = local.place
  key_arn        = module.storage.key_arn
  log_groups     = toset(concat(local.runs ? keys(local.functions) : [], local.runs ? ["worker", "long"] : []))
  keep_logs_days = var.keep_logs_days
  dead           = module.transport.dead
  waiting        = { work = 3600 }
  functions      = toset(local.runs ? keys(local.functions) : [])
  emails         = var.emails
  monthly_budget = var.monthly_budget
}

module "functions" {
  source = "./modules/functions"
  count  = local.runs ? 1 : 0

  prefix        = var.prefix
  place         = local.place
  image         = var.images.cpu
  functions     = local.functions
  environment   = local.environment
  queues        = module.transport.queues
  kafka         = module.transport.kafka
  kafka_dead    = try(module.transport.dead["facts"], null)
  network       = var.network.mode == "private" ? { subnet_ids = module.network.subnet_ids, group_id = module.network.workers_group_id } : null
  log_groups    = module.observability.log_groups
  sweep_minutes = var.sweep_minutes
  reserved      = var.reserved_concurrency
  boundary      = var.permissions_boundary

  long = {
    subnet_ids = module.network.subnet_ids
    group_id   = module.network.workers_group_id
    public     = var.network.mode == "public"
    rights = {
      reads    = distinct(concat(local.extract.reads, local.assemble.reads))
      writes   = distinct(concat(local.extract.writes, local.assemble.writes))
      deletes  = local.assemble.deletes
      lists    = local.assemble.lists
      sends    = distinct(concat(local.tells.extract.sends, local.tells.assemble.sends, ["work"]))
      produces = distinct(concat(local.tells.extract.produces, local.tells.assemble.produces))
    }
  }

  depends_on = [module.storage]
}

module "gpu" {
  source = "./modules/gpu"
  count  = local.runs ? 1 : 0

  prefix         = var.prefix
  place          = local.place
  image          = var.images.gpu
  instance_types = var.gpu.instance_types
  at_once        = var.gpu.at_once
  worker         = { idle_seconds = var.gpu.idle_seconds, limit_seconds = var.gpu.limit_seconds }
  environment    = local.environment
  network        = { subnet_ids = module.network.subnet_ids, group_id = module.network.workers_group_id }
  log_group      = module.observability.log_groups["worker"]
  facts          = merge(local.tells.worker, { cluster = module.transport.kafka.cluster })
  boundary       = var.permissions_boundary
}
