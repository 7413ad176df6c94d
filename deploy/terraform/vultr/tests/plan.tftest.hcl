# Without an account: the provider is played by Terraform itself, only its words are real.

mock_provider "vultr" {
  mock_data "vultr_os" {
    defaults = { id = "2136" }
  }
  mock_resource "vultr_instance" {
    defaults = { main_ip = "192.0.2.1", internal_ip = "10.80.0.3" }
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
    error_message = "One machine."
  }
  assert {
    condition     = vultr_dns_record.gateway[0].name == "chat" && vultr_dns_record.gateway[0].data == "192.0.2.1"
    error_message = "The domain points to the gateway."
  }
  assert {
    condition     = length(vultr_firewall_rule.open) == 6 && vultr_firewall_rule.open["22 from 2001:db8::/64"].ip_type == "v6"
    error_message = "SSH from two networks, and two ports from everywhere."
  }
  assert {
    condition     = yamldecode(output.inventory).all.children.nodes.hosts["banter-1"].ansible_host == "192.0.2.1"
    error_message = "Ansible is told where it is."
  }
}

run "several_machines_without_a_zone" {
  variables {
    machines = 3
    zone     = ""
  }
  assert {
    condition     = length(vultr_instance.machine) == 3 && length(vultr_dns_record.gateway) == 0
    error_message = "Three machines, and no record."
  }
  assert {
    condition     = yamldecode(output.inventory).all.children.nodes.hosts["banter-2"].banter_address == "10.80.0.3"
    error_message = "Nodes are reached in the private network, at the address that the provider gave."
  }
}
