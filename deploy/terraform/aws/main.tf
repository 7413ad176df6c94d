# Machines at AWS. Credentials come from the environment or a profile; the state stays out of the repository
# (backend.tf.example).

terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = local.region

  default_tags {
    tags = { service = var.name }
  }
}

locals {
  region = var.region == "" ? "eu-central-1" : var.region
  size   = var.size == "" ? "t3.medium" : var.size
  user   = "admin"

  made = {
    for name, machine in module.service.machines : name => {
      public_address  = machine.is_gateway ? aws_eip.gateway.public_ip : aws_instance.machine[name].public_ip
      private_address = machine.private_address
      is_gateway      = machine.is_gateway
    }
  }
  gateway = one([for name, machine in module.service.machines : name if machine.is_gateway])
}

data "aws_ami" "debian" {
  most_recent = true
  # Debian itself.
  owners = ["136693071363"]

  filter {
    name   = "name"
    values = ["debian-12-amd64-*"]
  }
}

resource "aws_key_pair" "first" {
  key_name   = var.name
  public_key = var.ssh_key
}

resource "aws_vpc" "inside" {
  cidr_block           = var.private_network
  enable_dns_hostnames = true
  tags                 = { Name = var.name }
}

resource "aws_default_security_group" "closed" {
  vpc_id = aws_vpc.inside.id
}

resource "aws_internet_gateway" "outside" {
  vpc_id = aws_vpc.inside.id
}

resource "aws_subnet" "inside" {
  vpc_id     = aws_vpc.inside.id
  cidr_block = var.private_network
}

resource "aws_route_table" "outside" {
  vpc_id = aws_vpc.inside.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.outside.id
  }
}

resource "aws_route_table_association" "outside" {
  subnet_id      = aws_subnet.inside.id
  route_table_id = aws_route_table.outside.id
}

resource "aws_security_group" "machine" {
  name        = var.name
  description = "Banter: SSH from known networks, and the gateway"
  vpc_id      = aws_vpc.inside.id
}

resource "aws_vpc_security_group_ingress_rule" "open" {
  for_each = { for rule in module.service.rules : "${rule.port} from ${rule.source}" => rule }

  security_group_id = aws_security_group.machine.id
  description       = each.value.note
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  cidr_ipv4         = strcontains(each.value.source, ":") ? null : each.value.source
  cidr_ipv6         = strcontains(each.value.source, ":") ? each.value.source : null
}

resource "aws_vpc_security_group_ingress_rule" "inside" {
  security_group_id = aws_security_group.machine.id
  description       = "The machines among each other"
  ip_protocol       = "-1"
  cidr_ipv4         = var.private_network
}

resource "aws_vpc_security_group_egress_rule" "all" {
  security_group_id = aws_security_group.machine.id
  description       = "Updates, certificates, object storage"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_instance" "machine" {
  for_each = module.service.machines

  ami                         = data.aws_ami.debian.id
  instance_type               = local.size
  key_name                    = aws_key_pair.first.key_name
  subnet_id                   = aws_subnet.inside.id
  private_ip                  = each.value.private_address
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.machine.id]
  ebs_optimized               = true
  monitoring                  = true

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }

  root_block_device {
    volume_type = "gp3"
    volume_size = 40
    encrypted   = true
  }

  tags = { Name = each.key }

  lifecycle {
    # A newer image is no reason to lose what is stored on this one.
    ignore_changes = [ami]
  }
}

resource "aws_eip" "gateway" {
  domain   = "vpc"
  instance = aws_instance.machine[local.gateway].id
}

data "aws_route53_zone" "zone" {
  count = module.service.record == null ? 0 : 1

  name = var.zone
}

resource "aws_route53_record" "gateway" {
  count = module.service.record == null ? 0 : 1

  zone_id = data.aws_route53_zone.zone[0].zone_id
  name    = var.domain
  type    = "A"
  ttl     = 300
  records = [aws_eip.gateway.public_ip]
}
