# Seals standard input to a base64 public key and prints the box in base64: ruby seal.rb KEY < value
require "rbnacl"

def seal(key, value)
  public_key = RbNaCl::PublicKey.new(key.unpack1("m0")) # refuses any length but 32 bytes
  [RbNaCl::Boxes::Sealed.from_public_key(public_key).encrypt(value)].pack("m0")
end

begin
  puts seal(ARGV.first.to_s, $stdin.binmode.read)
rescue ArgumentError, RbNaCl::CryptoError => error
  abort "not sealed: #{error.message}"
end
