/** JSON lines: touchpoints in files, views in files and over HTTP. */
package io.fermata.codec.json;
