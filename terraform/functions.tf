# Who runs, and who may do what. Queues and topics carry the facts' names: what goes to one is answered by whoever takes it.
locals {
  sqs    = var.transport == "sqs"
  facts  = ["accepted", "parts", "ready", "ended"]
  topics = [for fact in local.facts : "answerprint.${fact}"]

  tells = { for who, facts in {
    ingest   = ["accepted", "ended"]
    sweep    = ["accepted", "parts", "ended"]
    extract  = ["parts", "ended"]
    assemble = ["accepted", "ready", "ended"]
    worker   = ["parts", "ended"]
    } : who => {
    sends    = local.sqs ? facts : []
    produces = local.sqs ? [] : [for fact in facts : "answerprint.${fact}"]
  } }

  ingest = {
    reads   = ["in/*", "work/*"]
    writes  = ["work/jobs/*", "work/stories/*", "work/uploads/*", "work/dead-letters/*"]
    deletes = ["work/jobs/open/*", "work/stories/*"]
    lists   = ["in", "work"]
  }

  extract = {
    reads   = ["in/*", "work/jobs/*"]
    writes  = ["work/jobs/*", "work/dead-letters/*"]
    deletes = ["work/jobs/*"]
    lists   = ["in", "work"]
  }

  assemble = {
    reads   = ["in/*", "work/*", "out/*"]
    writes  = ["work/jobs/*", "work/dead-letters/*", "out/*"]
    deletes = ["work/jobs/*"]
    lists   = ["in", "work", "out"]
  }

  functions = merge(
    {
      ingest = {
        seconds    = 120
        memory_mb  = 2048
        scratch_mb = 1024
        takes      = { storage = 1 }
        rights     = merge(local.ingest, local.tells.ingest)
      }

      # What ingest does, for uploads that nobody announced; and the one who asks for workers.
      sweep = {
        seconds   = 120
        memory_mb = 1024
        rights = merge(local.ingest, local.tells.sweep, {
          writes  = concat(local.ingest.writes, ["work/gpu/*"])
          counts  = ["work"]
          submits = { worker = "gpu" }
          topics  = local.sqs ? [] : local.topics
        })
        environment = local.submits_workers
      }

      extract = {
        seconds    = 900
        memory_mb  = 3008
        scratch_mb = 2048
        takes      = local.sqs ? { accepted = 1 } : {}
        consumes   = local.sqs ? [] : ["answerprint.accepted"]
        rights     = merge(local.extract, local.tells.extract, { submits = { extract = "long" } })
      }

      assemble = {
        seconds    = 900
        memory_mb  = 3008
        scratch_mb = 4096
        takes      = local.sqs ? { parts = 10, ready = 1 } : {}
        consumes   = local.sqs ? [] : ["answerprint.parts", "answerprint.ready"]
        rights = merge(local.assemble, local.tells.assemble, {
          sends   = concat(local.tells.assemble.sends, ["work"])
          submits = { assemble = "long" }
        })
      }
    },

    # Comes before the chain, so it is no stage: the only one that may put something into the bucket that raises events.
    { for name in ["upload"] : name => {
      seconds   = 10
      memory_mb = 512
      outside   = true
      rights    = { writes = ["in/*"] }
      environment = {
        ANSWERPRINT_UPLOAD_MAX_BYTES = tostring(try(var.upload_door.max_mb, 0) * 1000000)
        ANSWERPRINT_UPLOAD_SECONDS   = tostring(try(var.upload_door.minutes, 0) * 60)
      }
    } if var.upload_door != null },

    # Outside the network, as it calls what lies outside.
    { for name in ["notify"] : name => {
      seconds     = 60
      memory_mb   = 512
      outside     = true
      takes       = local.sqs ? { ended = 1 } : {}
      consumes    = local.sqs ? [] : ["answerprint.ended"]
      rights      = { reads = ["work/jobs/*"], lists = ["work"], parameters = [try(var.webhook.secret_parameter, "")] }
      environment = { ANSWERPRINT_WEBHOOK_URL = try(var.webhook.url, ""), ANSWERPRINT_WEBHOOK_SECRET = "ssm:${try(var.webhook.secret_parameter, "")}" }
    } if var.webhook != null },
  )

  # A message is hidden for six times as long as its function may take. A worker renews its own every few seconds.
  takers = merge([for function in values(local.functions) : { for queue in keys(try(function.takes, {})) : queue => function.seconds }]...)
  queues = merge(
    { for fact in local.facts : fact => { visibility = 60, receives = 3, days = 1 } },
    { for queue, seconds in local.takers : queue => { visibility = 6 * seconds, receives = 3, days = 4 } },
    { work = { visibility = 60, receives = 10, days = 14 } },
  )

  stage_roles = [for name in ["ingest", "sweep", "extract", "assemble", "notify", "worker", "long"] : "${var.prefix}-${name}"]
}
