"""What the site tells machines: search engines, networks that show shared links, browsers that keep an icon."""
