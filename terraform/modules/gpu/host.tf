# The machine: its role can register with ECS and pull images, and nothing of ours; jobs have a role of their own.
module "host" {
  source = "../role"

  prefix      = var.prefix
  place       = var.place
  name        = "host"
  service     = "ec2.amazonaws.com"
  rights      = {}
  attachments = ["service-role/AmazonEC2ContainerServiceforEC2Role"]
  boundary    = var.boundary
}

resource "aws_iam_instance_profile" "host" {
  name = "${var.prefix}-host"
  role = module.host.name
}

resource "aws_launch_template" "host" {
  name_prefix            = "${var.prefix}-host-"
  update_default_version = true

  # A job shares its host's network, so the hop limit hides nothing from it; the host's firewall does, for the job's user.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = 60
      encrypted             = true
      delete_on_termination = true
    }
  }

  user_data = base64encode(templatefile("${path.module}/host/user-data.mime", {
    prepare = templatefile("${path.module}/host/prepare.sh", { uid = local.uid })
    watcher = file("${path.module}/host/spot-watcher.sh")
  }))

  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "${var.prefix}-worker" }
  }

  lifecycle {
    create_before_destroy = true
  }
}
