# Without an account: the provider is played by Terraform itself, only its words are real.

mock_provider "aws" {
  mock_resource "aws_eip" {
    defaults = { public_ip = "192.0.2.1" }
  }
  mock_resource "aws_instance" {
    defaults = { public_ip = "192.0.2.2" }
  }
}

variables {
  domain      = "chat.example.org"
  zone        = "example.org"
  ssh_sources = ["203.0.113.7/32", "2001:db8::/64"]
  ssh_key     = "ssh-ed25519 AAAA you@example.org"
}

run "one_machine_with_its_record" {
  assert {
    condition     = output.addresses == { "banter-1" = "192.0.2.1" }
    error_message = "One machine, at the address that stays."
  }
  assert {
    condition     = one(aws_route53_record.gateway[0].records) == "192.0.2.1"
    error_message = "The domain points to the gateway."
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.open["22 from 2001:db8::/64"].cidr_ipv6 == "2001:db8::/64"
    error_message = "SSH from both networks."
  }
  assert {
    condition     = yamldecode(output.inventory).all.children.nodes.hosts["banter-1"].ansible_user == "admin"
    error_message = "Ansible is told who signs in."
  }
}

run "several_machines_without_a_zone" {
  variables {
    machines = 3
    zone     = ""
  }
  assert {
    condition     = length(aws_instance.machine) == 3 && length(aws_route53_record.gateway) == 0
    error_message = "Three machines, and no record."
  }
  assert {
    condition     = yamldecode(output.inventory).all.children.nodes.hosts["banter-2"].banter_address == "10.80.0.11"
    error_message = "Nodes are reached in the private network."
  }
}
